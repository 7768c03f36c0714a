import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import { instant } from '#domain/kernel/time.js';
import { eventually } from '#test/support/shopper/eventually.js';
import { merchantSite } from '#test/support/shopper/merchant-site.js';
import { ongoingCall } from '#test/support/shopper/ongoing-call.js';
import { saying } from '#test/support/shopper/shopper.js';

const toneOf = {
  requested: 'alerting',
  queued: 'ready',
  talking: 'talking',
  held: 'held',
  failed: 'failed',
} as const;

/** What stands with less than 4.5 to 1 against what is behind it. */
const poorlyReadable = `(() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([red, green, blue]) =>
    [red, green, blue]
      .map((part) => part / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (element) => {
    const [red, green, blue, alpha = 1] = parts(getComputedStyle(element).backgroundColor);
    return alpha > 0.5 || !element.parentElement ? [red, green, blue] : behind(element.parentElement);
  };
  const contrast = (element) => {
    const [one, other] = [parts(getComputedStyle(element).color), behind(element)].map(luminance);
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  };
  const speaks = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return [...document.querySelectorAll('body *')]
    .filter((element) => speaks(element) && element.checkVisibility() && contrast(element) < 4.5)
    .map((element) => element.textContent);
})()`;

describe('the call window', () => {
  const call = ongoingCall();

  it('says who is called and how far that has come, also to those who only hear it', async () => {
    await saying(call.callWindow, 'Placing your call');
    // The page says so before the server has told it whom.
    await call.callWindow.getByRole('heading', { level: 1, name: 'Palm & Pier' }).waitFor();
    expect(await call.callWindow.locator('#label').textContent()).to.equal('Shoes');
    call.service.tell({ state: 'queued' });
    await saying(call.callWindow, 'Waiting in the queue');
    call.service.tell({ state: 'ringing' });
    await saying(call.callWindow, 'Ringing');
    call.service.tell({ state: 'talking', agentName: 'Anna', since: instant(Date.now() - 65_000) });
    await call.callWindow.getByRole('status').filter({ hasText: 'Talking to Anna' }).waitFor();
    await call.callWindow.getByRole('timer').filter({ hasText: '1:05' }).waitFor();
    await call.callWindow.getByRole('timer').filter({ hasText: '1:06' }).waitFor();
    expect(await call.callWindow.title()).to.equal('Talking to Anna – Palm & Pier');
    call.service.tell({ state: 'held', since: instant(Date.now()) });
    await saying(call.callWindow, 'On hold');
    expect(call.shopper.troubles).to.deep.equal([]);
  });

  it('says honestly that a simulated line carries no sound, and only there', async () => {
    await call.callWindow.getByText('Simulated line: it carries no sound.').waitFor();
    call.service.tell({ line: undefined as never, state: 'talking' });
    await saying(call.callWindow, 'Connected');
    expect(await call.callWindow.getByText('Simulated line').isVisible()).to.equal(false);
  });

  it('shows how the line is set, and keeps the customer’s own mute and volume over a reload', async () => {
    await call.callWindow.getByRole('button', { name: 'Volume' }).click();
    await call.callWindow.getByText('Line at 100 %, echo cancelling on').waitFor();
    call.service.tell({ volumePercent: 120, echoCancellation: false });
    await call.callWindow.getByText('Line at 120 %, echo cancelling off').waitFor();
    await call.callWindow.getByRole('slider').fill('40');
    await call.callWindow.getByRole('button', { name: 'Mute' }).click();
    await call.callWindow.reload();
    await call.callWindow.getByRole('button', { name: 'Mute', pressed: true }).waitFor();
    expect(await call.callWindow.locator('#volume').inputValue()).to.equal('40');
  });

  it('keys digits by click and by keyboard, and leaves those alone that are typed in a message', async () => {
    call.service.tell({ state: 'talking', channel: { agentName: 'Anna' } });
    await call.callWindow.getByRole('button', { name: 'Keypad' }).click();
    await call.callWindow.getByRole('button', { name: '4', exact: true }).click();
    await call.callWindow.keyboard.press('#');
    await call.callWindow.getByLabel('Message').fill('');
    await call.callWindow.getByLabel('Message').pressSequentially('7');
    await eventually('both are keyed', () => call.service.asked('key-digits').length >= 2);
    expect(call.service.asked('key-digits').map(({ digits }) => digits)).to.deep.equal(['4', '#']);
    expect(await call.callWindow.locator('#keyed').textContent()).to.equal('4#');
  });

  it('hangs up, says how long it was, and calls again as a new click', async () => {
    call.service.tell({ state: 'talking', since: instant(Date.now() - 190_000) });
    await saying(call.callWindow, 'Connected');
    call.service.refusing.add('hang-up');
    await call.callWindow.getByRole('button', { name: 'Hang up' }).click();
    await eventually('it is asked for', () => call.service.asked('hang-up').length === 1);
    await saying(call.callWindow, 'Connected');
    call.service.refusing.delete('hang-up');
    await call.callWindow.getByRole('button', { name: 'Hang up' }).click();
    await saying(call.callWindow, 'Call ended');
    await call.callWindow.getByText(/You talked for 3:1\d\./).waitFor();
    await call.callWindow.getByRole('button', { name: 'Call again' }).click();
    const [first, second] = await call.service.placed(2);
    expect(second?.icon).to.deep.equal(first?.icon);
    expect(second?.clickKey).not.to.equal(first?.clickKey);
    expect(second?.context.page?.title).to.equal('Home');
  });

  it('says in plain words why a call failed and what to do', async () => {
    call.service.tell({ state: 'failed', cause: 'trunks-busy' });
    await saying(call.callWindow, 'All lines are in use');
    await call.callWindow.getByText('Please try again in a few minutes.').waitFor();
    await call.callWindow.getByRole('button', { name: 'Call again' }).waitFor();
  });

  it('says so when the shop’s icon is refused', async () => {
    call.service.tell({ state: 'ended' });
    await saying(call.callWindow, 'Call ended');
    await call.shop.getByText('Broken').click();
    await saying(call.callWindow, 'This call cannot be placed');
    expect(await call.callWindow.getByRole('button', { name: 'Call again' }).isVisible()).to.equal(false);
  });

  it('says what it is for when it was opened without a shop', async () => {
    const alone = await call.shopper.context.newPage();
    await alone.goto(`${call.service.url}/call`);
    await saying(alone, 'No shop is asking for a call');
    expect(call.service.clicks).to.have.length(1);
  });

  describe('reloaded or closed', () => {
    it('goes on with the same call after a reload', async () => {
      call.service.tell({ state: 'talking', agentName: 'Anna' });
      await saying(call.callWindow, 'Talking to Anna');
      await call.callWindow.reload();
      await saying(call.callWindow, 'Talking to Anna');
      await call.shop.getByText('Returns').click();
      await eventually('the page is told', () => call.toldPages().includes('returns'));
      expect(call.service.clicks).to.have.length(1);
    });

    it('tells a call that was over before a reload from one that goes on', async () => {
      call.service.tell({ state: 'ended' });
      await saying(call.callWindow, 'Call ended');
      await call.callWindow.reload();
      await saying(call.callWindow, 'This call is over');
      expect(call.service.clicks).to.have.length(1);
    });

    it('says goodbye when it is closed', async () => {
      await call.callWindow.getByRole('heading', { level: 1, name: 'Palm & Pier' }).waitFor();
      await call.callWindow.close({ runBeforeUnload: true });
      await eventually('the server knows', () => call.service.presence.some((entry) => entry.startsWith('closed')));
    });

    it('does not take a reload by keyboard for a goodbye', async () => {
      await call.callWindow.getByRole('heading', { level: 1, name: 'Palm & Pier' }).waitFor();
      await call.callWindow.keyboard.press('F5');
      await call.callWindow.reload();
      await eventually(
        'it is back',
        () => call.service.presence.filter((entry) => entry.startsWith('present')).length === 2,
      );
      expect(call.service.presence.filter((entry) => entry.startsWith('closed'))).to.deep.equal([]);
    });
  });

  it('says when the connection is gone, and goes on by itself when it is back', async () => {
    call.service.tell({ state: 'talking', agentName: 'Anna' });
    await saying(call.callWindow, 'Talking to Anna');
    await call.service.stop();
    await call.callWindow.getByText('Connection lost. Trying to get back…').waitFor();
    await call.service.start();
    call.service.tell({ state: 'held' });
    await saying(call.callWindow, 'On hold');
    await call.callWindow.getByText('Connection lost').waitFor({ state: 'hidden' });
  });

  it('comes back after the server has sent it away', async () => {
    call.service.tell({ state: 'talking', agentName: 'Anna' });
    await call.callWindow.getByRole('button', { name: 'Keypad' }).click();
    await call.callWindow.evaluate(`
      const five = [...document.querySelectorAll('#digits button')].find((key) => key.textContent === '5');
      for (let times = 0; times < 200; times += 1) five.click();
    `);
    await call.callWindow.getByText('Connection lost. Trying to get back…').waitFor();
    await call.callWindow.getByText('Connection lost').waitFor({ state: 'hidden' });
    call.service.tell({ state: 'held' });
    await saying(call.callWindow, 'On hold');
  });

  describe('in a channel with the agent', () => {
    beforeEach(() => {
      call.service.tell({ state: 'talking', agentName: 'Anna', channel: { agentName: 'Anna' } });
    });

    it('takes messages to the agent and shows those that come', async () => {
      await call.callWindow.getByRole('heading', { name: 'Chat with Anna' }).waitFor();
      await call.callWindow.getByLabel('Message').fill('Do you have it in 39?');
      await call.callWindow.keyboard.press('Enter');
      const [sent] = await eventually(
        'it is sent',
        () => call.service.asked('send-message').length > 0 && call.service.asked('send-message'),
      );
      expect(sent?.text).to.equal('Do you have it in 39?');
      const at = instant(Date.now());
      call.service.tell({
        messages: [
          { messageId: sent?.messageId ?? '', from: 'customer', text: sent?.text ?? '', at },
          { messageId: 'm2', from: 'agent', text: 'We do!', at },
        ],
      });
      await call.callWindow.getByRole('log').getByText('We do!').waitFor();
      expect(await call.callWindow.getByText('Do you have it in 39?').count()).to.equal(1);
    });

    it('keeps a message that could not be sent, and sends the same one again', async () => {
      call.service.refusing.add('send-message');
      await call.callWindow.getByLabel('Message').fill('Hello?');
      await call.callWindow.getByRole('button', { name: 'Send', exact: true }).click();
      await call.callWindow.getByText('Not sent.').waitFor();
      await call.callWindow.getByRole('button', { name: 'Send again' }).click();
      await eventually('it is sent twice', () => call.service.asked('send-message').length === 2);
      const [first, second] = call.service.asked('send-message');
      expect(second).to.deep.equal(first);
    });

    it('shows markup in names and messages as the text it is', async () => {
      const markup = '<img src=x onerror="window.harmed = true"><b>bold</b>';
      call.service.tell({
        merchantName: markup,
        iconLabel: markup,
        agentName: markup,
        channel: { agentName: markup },
        push: { pushId: 'p9', url: 'javascript:window.harmed=true', label: markup, by: markup },
        messages: [{ messageId: 'x', from: 'agent', text: `${markup}\u202Eevil`, at: instant(1) }],
      });
      await call.callWindow.getByRole('log').getByText(markup).waitFor();
      await eventually('the push is refused', () => call.service.asked('page-blocked').length === 1);
      expect(await call.callWindow.locator('main img, main section b').count()).to.equal(0);
      expect(await call.callWindow.getByRole('heading', { level: 1 }).textContent()).to.contain('<img src=x');
      expect(await call.callWindow.getByRole('log').textContent()).not.to.contain('\u202E');
      expect(await call.callWindow.getByRole('button', { name: 'Open it' }).isVisible()).to.equal(false);
      expect(await call.callWindow.evaluate('window.harmed')).to.equal(undefined);
      expect(call.shopper.troubles).to.deep.equal([]);
    });
  });

  it('makes one call at a time, though another shop’s tab has a window of its own', async () => {
    call.service.tell({ state: 'talking', agentName: 'Anna' });
    await saying(call.callWindow, 'Talking to Anna');
    const other = await merchantSite(
      `<script async src="${call.service.url}/icon.js" data-merchant="globex"></script>`,
      {
        '/': '<button data-trunkline>Talk to us</button>',
      },
    );
    const tab = await call.shopper.context.newPage();
    await tab.goto(`${other.origin}/`);
    const second = await call.shopper.callBy(() => tab.getByText('Talk to us').click());
    await second.getByText('You are on a call in another window.').waitFor();
    expect(call.service.clicks).to.have.length(1);
    await second.getByRole('button', { name: 'End it and call' }).click();
    await call.service.placed(2);
    await saying(call.callWindow, 'Call ended');
    expect(call.service.clicks[1]?.icon.merchant).to.equal('globex');
    await other.close();
  });

  it('can be read by light and by dark, whatever state the call is in (WCAG 2, 1.4.3)', async () => {
    await call.callWindow.emulateMedia({ reducedMotion: 'reduce' });
    const at = instant(Date.now());
    call.service.tell({
      channel: { agentName: 'Anna' },
      push: { ...call.offer(), url: 'https://evil.example/' },
      messages: (['agent', 'customer'] as const).map((from) => ({ messageId: from, from, text: 'Hello', at })),
    });
    await call.callWindow.getByText('It did not open.').waitFor();
    await call.callWindow.getByText('Shared with the agent').click();
    await call.callWindow.getByRole('button', { name: 'Keypad' }).click();
    await call.callWindow.getByRole('button', { name: 'Mute' }).click();
    for (const state of ['requested', 'queued', 'talking', 'held', 'failed'] as const) {
      call.service.tell({ state, cause: 'busy' });
      await call.callWindow.locator(`[data-tone="${toneOf[state]}"]`).waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        await call.callWindow.emulateMedia({ colorScheme });
        expect(await call.callWindow.evaluate(poorlyReadable), `${state}, ${colorScheme}`).to.deep.equal([]);
      }
    }
  });

  it('can be used by keyboard alone, fits a phone, and names all its controls', async () => {
    call.service.tell({ state: 'talking', agentName: 'Anna', channel: { agentName: 'Anna' }, push: call.offer() });
    await call.callWindow.setViewportSize({ width: 390, height: 844 });
    await call.callWindow.getByRole('heading', { name: 'Chat with Anna' }).waitFor();
    expect(await call.callWindow.evaluate('document.documentElement.scrollWidth')).to.be.at.most(390);
    for (const name of ['Mute', 'Keypad', 'Volume', 'Hang up', 'Send']) {
      expect(await call.callWindow.getByRole('button', { name, exact: true }).count(), name).to.equal(1);
    }
    await call.callWindow.locator('body').press('Tab');
    const reached: string[] = [];
    while ((await call.callWindow.locator(':focus').count()) > 0 && reached.length < 20) {
      reached.push((await call.callWindow.locator(':focus').getAttribute('id')) ?? '');
      await call.callWindow.keyboard.press('Tab');
    }
    expect(reached).to.include.members(['mute', 'keys', 'sound', 'hang-up', 'messages', 'draft']);
  });
});
