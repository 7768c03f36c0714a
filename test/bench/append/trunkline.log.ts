import { systemClock } from '#adapters/clock/system.clock.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import type { DurableLog } from './durable-log.js';

/**
 * The embedded event store as the product runs it.
 * @param writer script of the thread that writes, where it is not the product's own
 */
export const trunklineLog = async (file: string, writer?: URL): Promise<DurableLog> => {
  const { events, close } = await openSqliteStore({ file, clock: systemClock, ...(writer ? { writer } : {}) });
  return {
    append: async (stream, revision, event) => {
      const expected = revision === 0 ? 'no-stream' : revision - 1;
      const { outcome } = await events.append({ stream, expected, events: [event] });
      if (outcome === 'conflict') throw new Error(`${stream} was not at ${expected}`);
    },
    close,
  };
};
