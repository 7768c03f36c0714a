import Database from 'better-sqlite3';
import { EventStoreFailure } from '#domain/contracts/event-store.js';

const kindOf = (code: string): EventStoreFailure['failure'] => {
  if (code === 'SQLITE_FULL') return 'disk-full';
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return 'corrupt';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'locked-by-another-process';
  return 'io';
};

/** Any error of the database (sqlite.org/rescode.html) in the words of the contract. */
export const failureOf = (thrown: unknown): EventStoreFailure => {
  if (thrown instanceof EventStoreFailure) return thrown;
  if (thrown instanceof Database.SqliteError) {
    return new EventStoreFailure(kindOf(thrown.code), `${thrown.message} (${thrown.code})`, { cause: thrown });
  }
  const full = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOSPC';
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new EventStoreFailure(full ? 'disk-full' : 'io', message, { cause: thrown });
};
