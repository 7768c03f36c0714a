import { writeSync } from 'node:fs';
import { systemClock } from '#adapters/clock/system.clock.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import { ulidUniqueIds } from '#adapters/unique-ids/ulid.unique-ids.js';
import { callId } from '#domain/kernel/ids.js';
import { acme, anEvent } from './store-events.js';

/** A process that writes calls as fast as it can, and says on its standard output what has been acknowledged. */
const [, , file = ''] = process.argv;
const writers = 20;
const standardOutput = 1;

const ids = ulidUniqueIds(systemClock);
const { events, effects } = await openSqliteStore({ file, clock: systemClock });

const asleep = new Int32Array(new SharedArrayBuffer(4));

/** Not through a stream, which would still hold it when the process is killed. Whoever listens may be busy meanwhile. */
const say = (...words: (string | number)[]): void => {
  for (let left = Buffer.from(`${words.join(' ')}\n`); left.length > 0;) {
    try {
      left = left.subarray(writeSync(standardOutput, left));
    } catch (thrown) {
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EAGAIN')) throw thrown;
      Atomics.wait(asleep, 0, 0, 1);
    }
  }
};

/** Appends of one, two and three events: `of` says how many belong together, `nth` which of them it is. */
const sizes = [1, 3, 2];

const writer = async (): Promise<never> => {
  for (;;) {
    const stream = callId(acme, ids.next());
    let revision = -1;
    for (const of of sizes) {
      const together = Array.from({ length: of }, (_, nth) => anEvent('CallDelivered', { of, nth }));
      const expected = revision < 0 ? 'no-stream' : revision;
      const written = await events.append({ stream, expected, events: together });
      if (written.outcome !== 'appended') throw new Error(`${stream} was not at ${expected}`);
      revision = written.revision;
      say('event', stream, revision, written.position);
    }
    await effects.begin(stream);
    say('effect', stream);
  }
};

await Promise.all(Array.from({ length: writers }, writer));
