import { categoryOf } from '#domain/kernel/ids.js';
import type { NewEvent } from '#domain/kernel/message.js';
import type { DurableLog } from '../append/durable-log.js';
import type { Emmett } from './fetch-emmett.js';

const messageOf = ({ type, data, ...metadata }: NewEvent) => ({ type, data, metadata });
const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** Emmett's store as its users call it. Once an append has failed, the others are not tried any more. */
export const emmettStore = ({ getSQLiteEventStore }: Emmett, fileName: string): DurableLog => {
  const store = getSQLiteEventStore({ fileName });
  const underWay = new Set<Promise<unknown>>();
  let failure: Error | undefined;
  return {
    append: async (stream, revision, event) => {
      if (failure) throw failure;
      const appending = store.appendToStream(stream, [messageOf(event)], { expectedStreamVersion: BigInt(revision) });
      underWay.add(appending);
      try {
        await appending;
      } catch (thrown) {
        throw (failure ??= asError(thrown));
      } finally {
        underWay.delete(appending);
      }
    },
    close: async () => {
      await Promise.allSettled(underWay);
    },
  };
};

/** The load that Emmett survives: its own functions on one connection that stays open, one append after the other. */
export const emmettInQueue = async (emmett: Emmett, fileName: string): Promise<DurableLog> => {
  const connection = emmett.sqliteConnection({ fileName });
  await emmett.createEventStoreSchema(connection);
  let last: Promise<unknown> = Promise.resolve();
  return {
    append: async (stream, revision, event) => {
      const append = () =>
        emmett.appendToStream(connection, stream, categoryOf(stream), [messageOf(event)], {
          expectedStreamVersion: BigInt(revision),
        });
      const appending = last.then(append);
      last = appending.catch(() => undefined);
      const { success } = await appending;
      if (!success) throw new Error(`${stream} was not at ${revision}`);
    },
    close: async () => {
      await last;
      connection.close();
    },
  };
};
