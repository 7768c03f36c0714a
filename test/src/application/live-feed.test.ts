import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { after } from '#domain/kernel/time.js';
import type { AgentDesktop } from '#domain/views/agent-desktop.js';
import type { CallWindow } from '#domain/views/call-window.js';
import { anna, startTrunkline, type TestTrunkline } from '#test/support/trunkline.js';

describe('what is told to screens while Anna talks to a shopper', () => {
  let trunkline: TestTrunkline;
  let desktops: AgentDesktop[];
  let windows: CallWindow[];
  beforeEach(async () => {
    trunkline = await startTrunkline();
    await trunkline.agentReady(anna);
    const { sessionId } = await trunkline.click();
    await trunkline.until('it rings', () => trunkline.desktop(anna).contact?.pop === 'offered');
    await trunkline.ask(anna, { type: 'answer' });
    await trunkline.until('they talk', () => trunkline.window(sessionId).state === 'talking');
    await trunkline.pass(1_000);
    desktops = [];
    windows = [];
    trunkline.feed.onDesktop((_agentId, _position, desktop) => void desktops.push(desktop));
    trunkline.feed.onWindow((_sessionId, _position, window) => void windows.push(window));
  });
  afterEach(() => trunkline.stop());

  it('is the first change at once, and what follows on its heels together', async () => {
    for (let change = 1; change <= 5; change += 1) {
      await trunkline.ask(anna, { type: 'change-data', changes: { order: String(change) } });
    }
    expect(desktops).to.have.length(1);
    await trunkline.pass(20);
    expect(desktops).to.have.length(2);
    expect(desktops.at(-1)?.contact?.data[0]).to.deep.include({ key: 'order', value: '5' });
    await trunkline.pass(1_000);
    expect(desktops, 'nothing is told twice').to.have.length(2);
  });

  it('is not put off for as long as a clock is put back', async () => {
    await trunkline.ask(anna, { type: 'change-data', changes: { order: '1' } });
    trunkline.clock.set(after(trunkline.clock.now(), -3_600_000));
    await trunkline.ask(anna, { type: 'change-data', changes: { order: '2' } });
    await trunkline.pass(20);
    expect(desktops.at(-1)?.contact?.data[0]).to.deep.include({ value: '2' });
  });

  it('is nothing to the customer of what only the agent sees', async () => {
    await trunkline.ask(anna, { type: 'change-data', changes: { order: '7731' } });
    await trunkline.pass(100);
    expect(desktops).to.have.length(1);
    expect(windows).to.deep.equal([]);
    await trunkline.ask(anna, { type: 'hold' });
    await trunkline.until('it is held', () => windows.length > 0);
    expect(windows.map(({ state }) => state)).to.deep.equal(['held']);
  });

  it('is a pop at once, though the screen was told a moment ago', async () => {
    await trunkline.ask(anna, { type: 'clear' });
    await trunkline.until('she wraps up', () => trunkline.desktop(anna).state === 'working-after-call');
    await trunkline.ask(anna, { type: 'ready' });
    const told: (readonly [what: string, contact: string | undefined])[] = [];
    trunkline.feed.onPop((_agentId, pop) => {
      if (pop.what === 'offered') told.push(['pop', pop.contact?.contactId]);
    });
    trunkline.feed.onDesktop((_agentId, _position, { contact }) => {
      if (contact?.popId !== undefined) told.push(['desktop', contact.contactId]);
    });
    const { contactId } = await trunkline.click();
    await trunkline.until('the screen shows it', () => told.some(([what]) => what === 'desktop'));
    expect(told[0]).to.deep.equal(['pop', contactId]);
  });
});
