import { systemClock } from '#adapters/clock/system.clock.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import { ulidUniqueIds } from '#adapters/unique-ids/ulid.unique-ids.js';
import { eventCatalogue } from '#domain/events.js';
import type { Append } from '#domain/contracts/event-store.js';
import type { EventId } from '#domain/kernel/message.js';
import { leasedCall, merchant } from './leased-calls.js';

const appendsAtOnce = 1_000;
const ids = ulidUniqueIds(systemClock);

const appendsOf = (index: number): readonly Append[] => {
  const at = systemClock.now();
  return leasedCall(index, at).events.map(({ stream, event }) => ({
    stream,
    expected: 'any',
    events: [
      {
        ...event,
        id: ids.next() as EventId,
        schemaVersion: eventCatalogue[event.type].schemaVersion,
        meta: {
          merchantId: merchant,
          occurredAt: at,
          causationId: ids.next(),
          correlationId: ids.next(),
          actor: 'bench',
        },
      },
    ],
  }));
};

/**
 * Adds so many live leases to the log of a product that is not running, as if everything that follows from them had been
 * done already: the product that opens it only has to know of them.
 */
export const writeLeases = async (file: string, leases: number): Promise<void> => {
  const store = await openSqliteStore({ file, clock: systemClock });
  const { events, checkpoints } = store;
  let appends: Append[] = [];
  const flush = async (): Promise<void> => {
    await Promise.all(appends.map((append) => events.append(append)));
    appends = [];
  };
  for (let index = 0; index < leases; index += 1) {
    appends.push(...appendsOf(index));
    if (appends.length >= appendsAtOnce) await flush();
  }
  await flush();
  await checkpoints.save('process', await events.lastPosition());
  await store.close();
};
