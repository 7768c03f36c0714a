import type { Database } from 'better-sqlite3';
import type { Checkpoints } from '#domain/contracts/checkpoints.js';
import type { Openness } from '../openness.js';
import { failureOf } from './sqlite-failure.js';
import type { WriteQueue } from './write-queue.js';

export const sqliteCheckpoints = (queue: WriteQueue, database: Database, open: Openness): Checkpoints => {
  const find = database.prepare<[string], number>('SELECT position FROM checkpoints WHERE consumer = ?').pluck();
  return {
    load: async (consumer) => {
      open.require();
      try {
        return find.get(consumer) ?? 0;
      } catch (thrown) {
        throw failureOf(thrown);
      }
    },
    save: queue.save,
  };
};
