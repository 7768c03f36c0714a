import Database from 'better-sqlite3';
import { migrate } from './schema.js';

/** Pages in the write-ahead log (64 MB) before it is moved into the database: rarely, and many pages at once. */
const checkpointPages = 16_384;

/** The one connection that writes. A commit has reached the disk when it returns. */
export const openForWriting = (file: string): Database.Database => {
  const database = new Database(file, { timeout: 0 });
  database.pragma('journal_mode = WAL');
  // Not kept in the file: a write-ahead log that is opened again would go without the sync.
  database.pragma('synchronous = FULL');
  // On macOS a plain fsync stops at the drive's cache.
  database.pragma('fullfsync = 1');
  database.pragma('checkpoint_fullfsync = 1');
  database.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  migrate(database);
  return database;
};

export const openForReading = (file: string): Database.Database => new Database(file, { readonly: true });
