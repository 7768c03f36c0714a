import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { EventStoreFailure } from '#domain/contracts/event-store.js';
import { migrate } from './schema.js';

/** Pages in the write-ahead log (64 MB) at which the writer itself moves what the checkpoints' thread has not yet. */
export const checkpointPages = 16_384;
/** The log grows beyond that while somebody reads a long time, a backup for example; so much of the disk it keeps then. */
const keptBytes = 128 * 1024 * 1024;

const keepsPromises = (database: Database.Database): Database.Database => {
  // Not kept in the file: a write-ahead log that is opened again would go without the sync.
  database.pragma('synchronous = FULL');
  // On macOS a plain fsync stops at the drive's cache.
  database.pragma('fullfsync = 1');
  database.pragma('checkpoint_fullfsync = 1');
  return database;
};

/** The one connection that writes. A commit has reached the disk when it returns. */
export const openForWriting = (file: string): Database.Database => {
  const database = keepsPromises(new Database(file, { timeout: 0 }));
  database.pragma('journal_mode = WAL');
  database.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  database.pragma(`journal_size_limit = ${keptBytes}`);
  migrate(database);
  return database;
};

export const openForCheckpoints = (file: string): Database.Database =>
  keepsPromises(new Database(file, { timeout: 0 }));

/** @throws {EventStoreFailure} `io` when there is no such file: reading makes none */
export const openForReading = (file: string): Database.Database => {
  if (!existsSync(file)) throw new EventStoreFailure('io', `there is no file ${file}`);
  return new Database(file, { readonly: true });
};
