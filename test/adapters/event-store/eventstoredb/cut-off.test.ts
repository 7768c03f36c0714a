import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Patience } from '#adapters/event-store/eventstoredb/patience.js';
import type { Store } from '#adapters/event-store/store.js';
import type { AppendResult, ExpectedRevision, Subscription } from '#domain/contracts/event-store.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { fakeClock } from '#test/support/fake-clock.js';
import { openOn } from '#test/support/eventstoredb/esdb-under-test.js';
import { startFakeEventStoreDb, type FakeEventStoreDb } from '#test/support/eventstoredb/fake-eventstoredb.js';
import { aCall, anEvent, anna, boris, someEvents } from '#test/support/store-events.js';
import {
  collect,
  failureIn,
  happened,
  logPositions,
  positionsOf,
  positionsTold,
  typesOf,
} from '#test/support/store-harness.js';

const patience: Patience = { bound: 1_500, firstPause: 5, longestPause: 40 };

describe('the log on an EventStoreDB that can be cut off', () => {
  let server: FakeEventStoreDb;
  let store: Store;
  const clock = fakeClock();

  beforeEach(async () => {
    server = await startFakeEventStoreDb(clock);
    store = await openOn(server.connectionString, clock, { patience, answerWithin: 300 });
  });
  afterEach(async () => {
    await store.close();
    await server.stop();
  });

  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await pause(2);
  };

  const desktop = (): Readonly<{
    seen: RecordedEvent[];
    subscription: Subscription;
    stopped: () => Error | undefined;
  }> => {
    const seen: RecordedEvent[] = [];
    let why: Error | undefined;
    const subscription = store.events.subscribe({
      after: 0,
      handle: (events) => void seen.push(...events),
      onStopped: (error) => {
        why = error;
      },
    });
    return { seen, subscription, stopped: () => why };
  };

  /** The last revision of Anna’s stream, in the words of what is expected of it. */
  const expectations: [what: string, there: number, expected: ExpectedRevision][] = [
    ['a stream that is not there yet', 0, 'no-stream'],
    ['a known revision', 2, 1],
    ['any revision', 2, 'any'],
    ['any revision of a stream that is not there yet', 0, 'any'],
  ];

  for (const [what, there, expected] of expectations) {
    for (const mishap of ['dies-before-write', 'dies-after-write', 'never-answers', 'not-ready'] as const) {
      it(`has an append to ${what} once, though the server first ${mishap.replaceAll('-', ' ')}`, async () => {
        await happened(store.events, anna, ...Array.from({ length: there }, () => 'Ready'));
        server.befall(mishap);
        const events = [anEvent('LoggedOn'), anEvent('NotReady')];
        const result = await store.events.append({ stream: anna, expected, events });
        const read = await store.events.readStream(anna);
        expect(typesOf(read.slice(there))).to.deep.equal(['LoggedOn', 'NotReady']);
        expect(result).to.deep.equal({ outcome: 'appended', revision: there + 1, position: read.at(-1)?.position });
      });
    }
  }

  it('finds an append by its ids, though the server does not know that it is the same', async () => {
    await happened(store.events, anna, 'LoggedOn');
    server.log.recognisesRepetitions = false;
    server.befall('dies-after-write');
    const events = [anEvent('Ready'), anEvent('NotReady')];
    const result = await store.events.append({ stream: anna, expected: 0, events });
    expect(result).to.deep.equal({ outcome: 'appended', revision: 2, position: await store.events.lastPosition() });
    expect(await store.events.readStream(anna)).to.have.length(3);
  });

  it('has an append once, though the answer is lost again and again', async () => {
    server.befall('dies-after-write', 'dies-after-write', 'dies-before-write', 'not-ready', 'dies-after-write');
    await store.events.append({ stream: anna, expected: 'any', events: [anEvent()] });
    expect(await store.events.readStream(anna)).to.have.length(1);
  });

  it('has an append to any revision once, though the server was started anew before it could say so', async () => {
    server.befall('dies-after-write');
    const appending = store.events.append({ stream: anna, expected: 'any', events: someEvents(3) });
    await until(() => server.log.streamOf(anna).length > 0);
    await server.restart();
    const result = await appending;
    expect(await store.events.readStream(anna)).to.have.length(3);
    expect(result).to.include({ outcome: 'appended', revision: 2 });
  });

  it('tells a conflict when another was first while the answer was lost', async () => {
    await happened(store.events, anna, 'LoggedOn');
    server.befall('dies-before-write');
    const appending = store.events.append({ stream: anna, expected: 0, events: [anEvent('Ready')] });
    await until(() => server.appendsSeen() === 2);
    const other = await openOn(server.connectionString, clock, { patience });
    const [first] = await happened(other.events, anna, 'NotReady');
    const result = await appending;
    await other.close();
    const outcomes = [first, result].map((one) => one?.outcome);
    expect(await store.events.readStream(anna)).to.have.length(outcomes.filter((one) => one === 'appended').length + 1);
  });

  it('goes on with followers after the connection dropped: nothing lost, nothing twice', async () => {
    const { seen, subscription } = desktop();
    await subscription.caughtUp;
    await until(() => server.followers() === 1);
    for (let round = 0; round < 5; round += 1) {
      await happened(store.events, anna, 'Ready');
      server.link.drop();
      await happened(store.events, boris, 'Ready', 'NotReady');
    }
    await until(() => seen.length >= 15);
    expect(positionsOf(seen)).to.deep.equal(await logPositions(store.events));
  });

  it('asks, after the connection dropped, for no more than what it has not seen', async () => {
    const { seen } = desktop();
    await happened(store.events, anna, 'LoggedOn', 'Ready', 'NotReady');
    await until(() => seen.length === 3 && server.followers() === 1);
    server.link.drop();
    const last = await store.events.lastPosition();
    await until(() => server.followedFrom() === last);
  });

  it('goes on with followers after the server was started anew', async () => {
    const { seen } = desktop();
    await happened(store.events, anna, 'LoggedOn');
    await server.restart();
    await happened(store.events, anna, 'Ready');
    await until(() => seen.length >= 2);
    expect(typesOf(seen)).to.deep.equal(['LoggedOn', 'Ready']);
  });

  it('lets followers know what others wrote while it was away', async () => {
    const { seen, subscription } = desktop();
    await subscription.caughtUp;
    const other = await openOn(server.connectionString, clock, { patience });
    await server.link.cut();
    await pause(50);
    await server.link.mend();
    await happened(other.events, anna, 'LoggedOn', 'Ready');
    await other.close();
    await until(() => seen.length >= 2);
    expect(typesOf(seen)).to.deep.equal(['LoggedOn', 'Ready']);
  });

  it('goes to the node that leads when the one it was told of only follows', async () => {
    const follower = await startFakeEventStoreDb(clock);
    follower.follow(server);
    const other = await openOn(follower.connectionString, clock, { patience });
    const heard: RecordedEvent[] = [];
    other.events.subscribe({ after: 0, handle: (events) => void heard.push(...events), onStopped: () => undefined });
    await happened(other.events, anna, 'LoggedOn', 'Ready');
    await until(() => heard.length === 2);
    expect(typesOf(await store.events.readStream(anna))).to.deep.equal(['LoggedOn', 'Ready']);
    await other.close();
    await follower.stop();
  });

  it('makes writers wait while the server is away, and then takes what they brought', async () => {
    await server.link.cut();
    const appending = happened(store.events, anna, 'LoggedOn', 'Ready');
    await pause(300);
    await server.link.mend();
    expect((await appending).map(({ outcome }) => outcome)).to.deep.equal(['appended', 'appended']);
    expect(typesOf(await store.events.readStream(anna))).to.deep.equal(['LoggedOn', 'Ready']);
  });

  it('tells writers and readers, after a while, that the server is away, and works again when it is back', async () => {
    const { seen } = desktop();
    await server.link.cut();
    const append = { stream: anna, expected: 'no-stream', events: [anEvent('LoggedOn')] } as const;
    const failures = await Promise.all([
      failureIn(store.events.append(append)),
      failureIn(store.events.readStream(anna)),
      failureIn(collect(store.events.readAll({ after: 0 }))),
      failureIn(store.events.lastPosition()),
    ]);
    for (const { failure, message } of failures) {
      expect(failure).to.equal('io');
      expect(message).to.include(`EventStoreDB at esdb://127.0.0.1:${server.link.port}`);
      expect(message).to.include('it cannot be reached');
    }
    expect(failures[0].message).to.include('within 1.5 s');
    await server.link.mend();
    await store.events.append(append);
    await until(() => seen.length === 1);
  });

  it('does not let those who write to a silent server wait for ever', async () => {
    server.befall(...Array.from({ length: 40 }, () => 'never-answers' as const));
    const failure = await failureIn(store.events.append({ stream: anna, expected: 'any', events: [anEvent()] }));
    expect(failure).to.include({ failure: 'io' });
    expect(failure.message).to.include('has not answered for 300 ms');
  });

  it('turns writers away when too many wait already', async () => {
    await server.link.cut();
    const append = (): Promise<AppendResult> =>
      store.events.append({
        stream: aCall(),
        expected: 'any',
        events: [anEvent('PageViewed', { page: 'x'.repeat(1_000_000) })],
      });
    const settled = await Promise.allSettled(Array.from({ length: 80 }, append));
    const messages = settled.map((result) => (result.status === 'rejected' ? String(result.reason) : 'appended'));
    expect(messages.filter((message) => message.includes('appends already wait'))).to.have.length(80 - 67);
    await server.link.mend();
    expect(await happened(store.events, anna, 'LoggedOn')).to.have.length(1);
  }).timeout(20_000);

  it('answers what is under way when it is closed, though the server is away for a moment', async () => {
    const other = await openOn(server.connectionString, clock, { patience });
    await server.link.cut();
    const appending = happened(other.events, anna, 'LoggedOn');
    const closing = other.close();
    await pause(100);
    await server.link.mend();
    await closing;
    expect(positionsTold(await appending)).to.have.length(1);
  });

  it('hears of an append about as soon as whoever wrote it, however slow the server is', async () => {
    server.delay(200);
    const { seen } = desktop();
    await Promise.all([happened(store.events, anna, 'LoggedOn'), happened(store.events, boris, 'LoggedOn')]);
    await until(() => seen.length === 2);
    expect(positionsOf(seen)).to.deep.equal(await logPositions(store.events));
  });
});
