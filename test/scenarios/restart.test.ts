import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import { readWholeLog } from '#test/support/read-on.js';
import {
  anna,
  ben,
  newWorld,
  startTrunkline,
  type Click,
  type TestTrunkline,
  type World,
} from '#test/support/trunkline.js';

/** One call from click to wrap-up, step by step; each step may be the last before the process is killed. */
const steps: readonly Readonly<{ name: string; take: (it: TestTrunkline, click: Click) => Promise<void> }>[] = [
  { name: 'just clicked', take: async () => undefined },
  { name: 'on its way', take: async (it) => it.pass(300) },
  {
    name: 'ringing',
    take: (it) => it.until("Anna's phone rings", () => it.desktop(anna).contact?.call.state === 'alerting'),
  },
  { name: 'just answered', take: (it) => it.ask(anna, { type: 'answer' }) },
  {
    name: 'talking',
    take: (it, { sessionId }) => it.until('they talk', () => it.window(sessionId).state === 'talking'),
  },
  { name: 'keying', take: (it) => it.ask(anna, { type: 'key-digits', digits: '*76' }) },
  {
    name: 'shown a page',
    take: (it, { sessionId }) => it.until('the page is pushed', () => it.window(sessionId).push !== undefined),
  },
  { name: 'hanging up', take: (it) => it.ask(anna, { type: 'clear' }) },
  { name: 'wrapping up', take: (it) => it.until('wrap-up', () => it.desktop(anna).state === 'working-after-call') },
];

/** Goes on from wherever it is until the call is over and wrapped up, as people would. */
const finish = async (it: TestTrunkline, { sessionId }: Click): Promise<void> => {
  it.customerDesk.present(sessionId);
  await it.until('the phone has rung', () => it.desktop(anna).contact !== undefined);
  if (it.desktop(anna).contact?.call.state === 'alerting') await it.tryToAsk(anna, { type: 'answer' });
  const state = (): string => it.desktop(anna).state;
  await it.until('it was answered', () => state() === 'busy' || state() === 'working-after-call');
  await it.tryToAsk(anna, { type: 'clear' });
  await it.until('she wraps up', () => state() === 'working-after-call');
  await it.until('the window knows', () => it.window(sessionId).state === 'ended');
  await it.pass(1_000);
};

const once = [
  'IconClicked',
  'CallRequested',
  'DestinationSelected',
  'PortLeased',
  'CallOriginated',
  'CallQueued',
  'CallAssigned',
  'AgentReserved',
  'ScreenPopOffered',
  'PortReleased',
  'CallRecordIssued',
  'SessionClosed',
];

const expectOneWholeCall = async (it: TestTrunkline): Promise<void> => {
  const types = (await it.events()).map(({ type }) => type);
  for (const type of once) {
    expect(
      types.filter((each) => each === type),
      type,
    ).to.have.length(1);
  }
  expect([...it.views.queries.calls.all()]).to.deep.equal([]);
  expect(await it.network.snapshot()).to.deep.equal([]);
};

describe('the process is killed', () => {
  let running: TestTrunkline | undefined;
  afterEach(() => running?.stop());

  for (const [killedAfter, { name }] of steps.entries()) {
    it(`when a call is ${name}: after the restart it goes on and ends as if nothing had been`, async () => {
      const world = newWorld();
      const first = await startTrunkline(world);
      await first.agentReady(anna);
      const click = await first.click();
      first.customerDesk.present(click.sessionId);
      for (const { take } of steps.slice(0, killedAfter + 1)) await take(first, click);
      first.kill();

      running = await startTrunkline(world);
      await finish(running, click);

      await expectOneWholeCall(running);
    });
  }

  it('after any of its writes: the call still goes its way, once', async function () {
    this.timeout(60_000);
    const lives: boolean[] = [];
    for (let diesAfter = 1; lives.length === 0; diesAfter += 1) {
      const world = newWorld();
      const prepared = await startTrunkline(world);
      await prepared.agentReady(anna);
      await prepared.pass(500);
      prepared.kill();

      const doomed = await startTrunkline(world, diesAfter);
      let clicked: Click | undefined;
      const life = async (): Promise<void> => {
        clicked = await doomed.click();
        for (const { take } of steps) await take(doomed, clicked);
        await doomed.pass(2_000);
        lives.push(true);
      };
      await Promise.race([life(), doomed.died]);
      doomed.kill();
      const [icon] = await doomed.eventsOf('IconClicked');
      if (!icon) continue;

      running = await startTrunkline(world);
      await finish(
        running,
        clicked ?? { sessionId: icon.stream as Click['sessionId'], contactId: icon.data.contactId },
      );
      await expectOneWholeCall(running);
      await running.stop();
    }
  });

  it('in mid-call: desktop, window and channel are what they were', async () => {
    const world = newWorld();
    const first = await startTrunkline(world);
    await first.agentReady(anna);
    const click = await first.click();
    await first.until('it rings', () => first.desktop(anna).contact?.pop === 'offered');
    await first.ask(anna, { type: 'answer' });
    await first.until('they talk', () => first.window(click.sessionId).state === 'talking');
    await first.ask(anna, { type: 'key-digits', digits: first.desktop(anna).channelCode ?? '' });
    await first.until('they are in the channel', () => first.desktop(anna).contact?.inChannel === true);
    await first.pass(1_000);
    const [desktop, window] = [first.desktop(anna), first.window(click.sessionId)];
    first.kill();
    running = await startTrunkline(world);
    expect(running.desktop(anna)).to.deep.equal(desktop);
    expect(running.window(click.sessionId)).to.deep.equal(window);
  });

  it('and the customer does not come back: the call ends by itself', async () => {
    const world = newWorld();
    const first = await startTrunkline(world);
    await first.agentReady(anna);
    const click = await first.click();
    await first.until('it rings', () => first.desktop(anna).contact?.pop === 'offered');
    first.kill();
    running = await startTrunkline(world);
    await running.pass(16_000);
    expect(running.window(click.sessionId)).to.deep.include({ state: 'ended', cause: 'network-lost' });
  });
});

describe('an agent whose page stays away', () => {
  it('is given up after a while, also across a restart, and does not become ready by coming back', async () => {
    const world = newWorld();
    const first = await startTrunkline(world);
    await first.agentReady(anna);
    first.agentDesk.present(anna);
    await first.pass(40_000);
    expect(first.desktop(anna).state).to.equal('ready');
    first.kill();

    const again = await startTrunkline(world);
    await again.pass(29_000);
    expect(again.desktop(anna).state).to.equal('ready');
    await again.pass(2_000);
    expect(again.desktop(anna)).to.deep.include({ state: 'not-ready', notReadyReason: 'connection-lost' });
    again.agentDesk.present(anna);
    await again.pass(1_000);
    expect(again.desktop(anna).state).to.equal('not-ready');
    expect(await again.eventsOf('AgentReturned')).to.have.length(1);
    await again.stop();
  });
});

describe('views that are built again from the log', () => {
  /** Many calls that go every way there is. */
  const aBusyMorning = async (world: World): Promise<TestTrunkline> => {
    const it = await startTrunkline(world);
    for (const agent of [anna, ben]) await it.agentReady(agent);
    for (let call = 0; call < 12; call += 1) {
      const { sessionId } = await it.click({
        link: `link-palm-pier.${['shoes', 'returns', 'billing'][call % 3] ?? 'shoes'}`,
      });
      await it.pass(1_500);
      for (const agent of [anna, ben]) {
        if (it.desktop(agent).actions.answer && call % 4 !== 3) await it.tryToAsk(agent, { type: 'answer' });
      }
      await it.pass(300);
      await it.tryToAsk(anna, { type: 'transfer', to: ben });
      await it.tryToAsk(ben, { type: 'change-data', changes: { [`order-${call}`]: 'x' } });
      await it.pass(call * 100);
      if (call % 2 === 0) await it.customerDesk.request(sessionId, { type: 'hang-up' });
      else await it.tryToAsk(anna, { type: 'clear' });
      await it.pass(800);
      for (const agent of [anna, ben]) await it.tryToAsk(agent, { type: 'ready' });
    }
    await it.pass(30_000);
    return it;
  };

  it('are what the live ones are, each of them, to the last byte', async () => {
    const world = newWorld();
    const live = await aBusyMorning(world);
    const rebuilt = await readWholeLog(world.store.events);
    for (const name of Object.keys(rebuilt.folds) as (keyof typeof rebuilt.folds)[]) {
      const plain = (view: object): object => ({ ...view, changed: undefined, justEnded: undefined });
      expect(plain(rebuilt.folds[name]), name).to.deep.equal(plain(live.views.folds[name]));
    }
    expect(rebuilt.position).to.equal(live.views.position());
    await live.stop();
  });
});
