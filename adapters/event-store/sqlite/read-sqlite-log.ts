import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { eventReader, pageSize } from './event-reader.js';
import { openForReading } from './open-database.js';
import { failureOf } from './sqlite-failure.js';

const opened = (file: string): Database => {
  try {
    return openForReading(file);
  } catch (thrown) {
    throw failureOf(thrown);
  }
};

const lastIn = (database: Database): number =>
  database.prepare<[], number>('SELECT coalesce(max(position), 0) FROM events').pluck().get() ?? 0;

/**
 * Position of the last event of a log, beside whoever writes it.
 * @throws {EventStoreFailure} when there is no such log
 */
export const lastOfSqliteLog = async (file: string): Promise<number> => {
  const database = opened(file);
  try {
    return lastIn(database);
  } finally {
    database.close();
  }
};

/**
 * Everything in a log after a position, in order, read beside whoever writes it: for operators' tools.
 * @throws {EventStoreFailure} when there is no such log
 */
export const readSqliteLog = async function* (file: string, after = 0): AsyncGenerator<RecordedEvent> {
  const database = opened(file);
  try {
    const last = lastIn(database);
    const reader = eventReader(database);
    let position = after;
    while (position < last) {
      const page = reader.pageAfter(position, last, undefined, pageSize);
      yield* page.events;
      position = page.upTo;
      await nextTurn();
    }
  } finally {
    database.close();
  }
};
