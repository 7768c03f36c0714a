import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Store } from '#adapters/event-store/store.js';
import type { ExpectedRevision } from '#domain/contracts/event-store.js';
import type { StreamId } from '#domain/kernel/ids.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { fakeClock } from '#test/support/fake-clock.js';
import { openOn } from '#test/support/eventstoredb/esdb-under-test.js';
import {
  startFakeEventStoreDb,
  type FakeEventStoreDb,
  type Mishap,
} from '#test/support/eventstoredb/fake-eventstoredb.js';
import { aCall, anna, someEvents } from '#test/support/store-events.js';
import { collect, positionsOf, range } from '#test/support/store-harness.js';

const patience = { bound: 8_000, firstPause: 2, longestPause: 30 };
/** Some write a call each, from revision to revision; the others all write to one stream, whatever its revision. */
const callsAtOnce = 3;
const othersAtOnce = 3;
const appendsPerWriter = 8;

const outages = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 25 }),
    what: fc.oneof(
      fc.constantFrom('drop', 'restart', 'cut' as const),
      fc.constantFrom<Mishap>('dies-before-write', 'dies-after-write', 'not-ready', 'never-answers'),
    ),
  }),
  { minLength: 1, maxLength: 10 },
);
type Outage = typeof outages extends fc.Arbitrary<(infer One)[]> ? One : never;

const befall = async (server: FakeEventStoreDb, { after, what }: Outage): Promise<void> => {
  await pause(after);
  switch (what) {
    case 'drop':
      server.link.drop();
      return;
    case 'restart':
      await server.restart();
      return;
    case 'cut':
      await server.link.cut();
      await pause(after);
      await server.link.mend();
      return;
    case 'dies-before-write':
    case 'dies-after-write':
    case 'not-ready':
    case 'never-answers':
      server.befall(what);
  }
};

/** What one writer was told is written: its events in order. Each append holds one to three. */
const write = async ({ events }: Store, stream: StreamId, anywhere: boolean): Promise<string[]> => {
  const acknowledged: string[] = [];
  let expected: ExpectedRevision = 'no-stream';
  for (const nth of range(1, appendsPerWriter)) {
    const batch = someEvents(1 + (nth % 3));
    const result = await events.append({ stream, expected: anywhere ? 'any' : expected, events: batch });
    if (result.outcome === 'conflict') throw new Error(`${stream}: conflict at ${result.actual}, expected ${expected}`);
    acknowledged.push(...batch.map(({ id }) => id));
    expected = result.revision;
    const [there] = await events.readStream(stream, expected);
    expect(there).to.include({ id: batch.at(-1)?.id, position: result.position });
  }
  return acknowledged;
};

const storyOf = async (server: FakeEventStoreDb, store: Store, story: readonly Outage[]): Promise<void> => {
  const seen: RecordedEvent[] = [];
  let stopped: Error | undefined;
  const { caughtUp, close } = store.events.subscribe({
    after: 0,
    handle: (events) => void seen.push(...events),
    onStopped: (error) => {
      stopped = error;
    },
  });
  await caughtUp;

  const calls = range(1, callsAtOnce).map(aCall);
  const streams = [...calls, ...range(1, othersAtOnce).map(() => anna)];
  const trouble = (async (): Promise<void> => {
    for (const outage of story) await befall(server, outage);
  })();
  const written = await Promise.all(streams.map((stream) => write(store, stream, stream === anna)));
  await trouble;
  const log = await collect(store.events.readAll({ after: 0 }));
  while (seen.length < log.length && !stopped) await pause(2);
  await close();

  expect(stopped).to.equal(undefined);
  expect(log).to.have.length(written.flat().length);
  for (const [nth, stream] of streams.entries()) {
    const own = new Set(written[nth]);
    expect(log.filter((event) => event.stream === stream && own.has(event.id)).map(({ id }) => id)).to.deep.equal(
      written[nth],
    );
  }
  expect(positionsOf(seen)).to.deep.equal(positionsOf(log));
};

describe('whatever befalls an EventStoreDB while calls are written,', () => {
  it('what was acknowledged is stored, once and in order, and whoever follows the log hears of each event once', async () => {
    await fc.assert(
      fc.asyncProperty(outages, async (story) => {
        const clock = fakeClock();
        const server = await startFakeEventStoreDb(clock);
        const store = await openOn(server.connectionString, clock, { patience, answerWithin: 60 });
        try {
          await storyOf(server, store, story);
        } finally {
          await store.close();
          await server.stop();
        }
      }),
      { numRuns: 15 },
    );
  }).timeout(120_000);
});
