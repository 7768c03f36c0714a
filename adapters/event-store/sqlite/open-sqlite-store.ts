import type { Clock } from '#domain/contracts/clock.js';
import { openness } from '../openness.js';
import type { Store } from '../store.js';
import { prepareFile } from './database-file.js';
import { eventReader } from './event-reader.js';
import { openForReading } from './open-database.js';
import { recentEvents } from './recent-events.js';
import { sqliteCheckpoints } from './sqlite.checkpoints.js';
import { sqliteEffectLedger } from './sqlite.effect-ledger.js';
import { failureOf } from './sqlite-failure.js';
import { sqliteEventStore, subscriptionsFrom } from './sqlite.event-store.js';
import { writeQueue } from './write-queue.js';
import { startWriter, type WriterThread } from './writer-thread.js';

export type SqliteStoreSettings = Readonly<{
  /** Path of the database; made, with its directory, where it is missing. */
  file: string;
  /** Stamps `recordedAt`. */
  clock: Clock;
  /** Script of the thread that writes, where it is not the ordinary one: a benchmark's own, on a slower disk. */
  writer?: URL;
}>;

/** Joins the parts around a writer that has the log open. */
const assemble = (file: string, clock: Clock, thread: WriterThread): Store => {
  const database = openForReading(file);
  const reader = eventReader(database);
  const recent = recentEvents(thread.lastPosition);
  const subscriptions = subscriptionsFrom(recent, reader);
  const open = openness();
  const queue = writeQueue({ thread, clock, open, committed: recent.add, answered: subscriptions.wake });
  let closing: Promise<void> | undefined;

  const shutDown = async (): Promise<void> => {
    open.end();
    subscriptions.end();
    await queue.drain();
    database.close();
    await thread.close();
  };
  const close = (): Promise<void> => (closing ??= shutDown());
  void thread.ended.then(subscriptions.end);

  return {
    events: sqliteEventStore({ queue, reader, recent, subscriptions, open, close }),
    effects: sqliteEffectLedger(queue),
    checkpoints: sqliteCheckpoints(queue, database, open),
    close,
  };
};

/**
 * Opens the embedded log; one process at a time can have it.
 * @throws {EventStoreFailure} `locked-by-another-process`, `corrupt`, `disk-full` or `io`
 */
export const openSqliteStore = async ({ file, clock, writer }: SqliteStoreSettings): Promise<Store> => {
  const path = await prepareFile(file);
  const thread = await startWriter({ file: path }, writer);
  try {
    return assemble(path, clock, thread);
  } catch (thrown) {
    await thread.close();
    throw failureOf(thrown);
  }
};
