import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { checkpointPages, openForCheckpoints } from './open-database.js';
import type { WriterSettings } from './writer-thread.js';

/** Milliseconds between two looks at the write-ahead log. */
const interval = 50;
/** Pages (4 MB) that are worth a sync of the database. */
const worthwhile = 1024;
/**
 * Pages in the log from which on any is worth it. The log begins anew when the writer finds all of it moved, and moves
 * what is left itself: that is to be little, for meanwhile nobody is answered.
 */
const nearlyFull = checkpointPages - worthwhile;

type WriteAheadLog = Readonly<{ log: number; checkpointed: number }>;

const checkpoint = (database: Database.Database, mode: 'NOOP' | 'PASSIVE'): WriteAheadLog[] =>
  database.pragma(`wal_checkpoint(${mode})`) as WriteAheadLog[];

/** Moves what has been committed from the write-ahead log into the database when it is worth while. */
const moveWhatIsWorthwhile = (database: Database.Database): void => {
  try {
    const [state] = checkpoint(database, 'NOOP');
    if (!state) return;
    const left = state.log - state.checkpointed;
    if (left >= worthwhile || (left > 0 && state.log >= nearlyFull)) checkpoint(database, 'PASSIVE');
  } catch (thrown) {
    // The disk is full or failing: the writer meets that too, and says so; here it is tried again.
    if (!(thrown instanceof Database.SqliteError)) throw thrown;
  }
};

/**
 * The thread that keeps the write-ahead log short, so that the one that writes need not stop for it: on a slow disk
 * that takes long. Where it does not succeed nothing is lost: the log grows until it does, or the writer does it.
 */
const run = (port: NonNullable<typeof parentPort>, { file }: WriterSettings): void => {
  const database = openForCheckpoints(file);
  const timer = setInterval(() => {
    moveWhatIsWorthwhile(database);
  }, interval);
  port.once('message', () => {
    clearInterval(timer);
    database.close();
    port.close();
  });
};

if (!parentPort) throw new Error('checkpoints of the event log are made by a worker thread');
run(parentPort, workerData as WriterSettings);
