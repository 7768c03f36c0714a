import Database from 'better-sqlite3';
import { EventStoreFailure } from '#domain/contracts/event-store.js';
import { failureOf } from './sqlite-failure.js';

/**
 * Claims a log for this process. The claim is an exclusive transaction on an empty database beside it: the operating
 * system drops it with the process, however that ends, so no stale lock is ever left behind. It cannot be on the log's
 * own database, whose readers an exclusive lock would shut out. SQLite does the locking rather than we, because it
 * knows that a POSIX lock is lost when any descriptor of the file is closed.
 * @throws {EventStoreFailure} `locked-by-another-process`
 */
export const claim = (file: string): { release: () => void } => {
  const lock = new Database(`${file}.lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (thrown) {
    lock.close();
    const failure = failureOf(thrown);
    throw failure.failure === 'locked-by-another-process'
      ? new EventStoreFailure(failure.failure, `the event log ${file} is already open, here or in another process`)
      : failure;
  }
  return {
    release: () => {
      lock.close();
    },
  };
};
