import { open } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { openForReading } from '../open-database.js';
import type { OnProgress } from '../verify/verify-sqlite-log.js';

/** A megabyte at a time: between two steps the progress is told, and the disk is left to whoever writes. */
const pagesPerStep = 256;
const ownerOnly = 0o600;

/** One file, with no write-ahead log beside it. */
const standAlone = (file: string): void => {
  const database = new Database(file, { timeout: 0 });
  try {
    database.pragma('journal_mode = DELETE');
  } finally {
    database.close();
  }
};

/**
 * Copies a database page by page as it was at one moment, while another process may be writing into it.
 * @param target must not be there yet
 */
export const copyDatabase = async (source: string, target: string, onProgress: OnProgress): Promise<void> => {
  await (await open(target, 'wx', ownerOnly)).close();
  const database = openForReading(source);
  try {
    // Reading holds the moment fast: without that, each commit of the writer would have the copy begin again.
    database.exec('BEGIN');
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    await database.backup(target, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress(totalPages - remainingPages, totalPages);
        return pagesPerStep;
      },
    });
  } finally {
    database.close();
  }
  standAlone(target);
};
