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

const say = (...words: (string | number)[]): void => {
  writeSync(standardOutput, `${words.join(' ')}\n`);
};

const writer = async (): Promise<never> => {
  for (;;) {
    const stream = callId(acme, ids.next());
    for (let expected = -1; expected < 5; expected += 1) {
      const written = await events.append({
        stream,
        expected: expected < 0 ? 'no-stream' : expected,
        events: [anEvent('CallDelivered', { nth: expected + 1 })],
      });
      if (written.outcome === 'appended') say('event', stream, written.revision, written.position);
    }
    await effects.begin(stream);
    say('effect', stream);
  }
};

await Promise.all(Array.from({ length: writers }, writer));
