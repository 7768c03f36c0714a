import { parentPort, workerData } from 'node:worker_threads';
import { DataSource } from 'typeorm';

/** Milliseconds between two looks at the write-ahead log. */
const interval = 100;
/** Pages (4 MB) that are worth a sync of the database. */
const worthwhile = 1024;

type WriteAheadLog = Readonly<{ log: number; checkpointed: number }>;

const checkpoint = (source: DataSource, mode: 'NOOP' | 'PASSIVE'): Promise<readonly WriteAheadLog[]> =>
  source.query(`PRAGMA wal_checkpoint(${mode})`);

/** The disk is full or failing: whoever writes meets that too, and says so; here it is tried again. */
const moveWhatIsWorthwhile = async (source: DataSource): Promise<void> => {
  const [state] = await checkpoint(source, 'NOOP').catch(() => []);
  if (state && state.log - state.checkpointed >= worthwhile) await checkpoint(source, 'PASSIVE').catch(() => []);
};

/**
 * The thread that keeps the write-ahead log short, so that the event loop need not stop for it: on a slow disk that
 * takes long.
 */
const run = async (port: NonNullable<typeof parentPort>, database: string): Promise<void> => {
  const source = await new DataSource({ type: 'better-sqlite3', database, timeout: 0 }).initialize();
  const timer = setInterval(() => void moveWhatIsWorthwhile(source), interval);
  port.once('message', () => {
    clearInterval(timer);
    void source.destroy().finally(() => {
      port.close();
    });
  });
};

if (!parentPort) throw new Error('checkpoints of the read models are made by a worker thread');
await run(parentPort, workerData as string);
