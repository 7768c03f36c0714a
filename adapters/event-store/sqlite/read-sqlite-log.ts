import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { eventReader, pageSize } from './event-reader.js';
import { openForReading } from './open-database.js';
import { failureOf } from './sqlite-failure.js';

/**
 * Everything in a log, in order, read beside whoever writes it: for operators' tools.
 * @throws {EventStoreFailure} when there is no such log
 */
export const readSqliteLog = async function* (file: string): AsyncGenerator<RecordedEvent> {
  let database;
  try {
    database = openForReading(file);
  } catch (thrown) {
    throw failureOf(thrown);
  }
  try {
    const last = (database.prepare('SELECT coalesce(max(position), 0) FROM events').pluck().get() ?? 0) as number;
    const reader = eventReader(database);
    let position = 0;
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
