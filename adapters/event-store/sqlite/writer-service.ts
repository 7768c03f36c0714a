import { once } from 'node:events';
import { parentPort, receiveMessageOnPort, Worker, workerData } from 'node:worker_threads';
import { acknowledgedMark, requireAcknowledged } from './acknowledged-mark.js';
import { claim } from './database-lock.js';
import { groupCommit } from './group-commit.js';
import { openForWriting } from './open-database.js';
import { failureOf } from './sqlite-failure.js';
import type { BatchReport, OpeningReport, WriteBatch, WriterRequest } from './write-batch.js';
import type { WriterSettings } from './writer-thread.js';

type Port = NonNullable<typeof parentPort>;
/** Called when a commit has reached the disk, before anybody is told. */
type AfterCommit = () => void;

const open = (file: string) => {
  const lock = claim(file);
  try {
    const database = openForWriting(file);
    const group = groupCommit(database);
    requireAcknowledged(file, group.lastPosition());
    const mark = acknowledgedMark(file);
    mark.note(group.lastPosition());
    return { lock, database, group, mark };
  } catch (thrown) {
    lock.release();
    throw thrown;
  }
};

/** Nobody waits for a checkpoint: its thread is started when the product has had time to start. */
const checkpointsAfterMs = 1_000;

const checkpointsSoon = (file: string): Readonly<{ close: () => Promise<void> }> => {
  let worker: Worker | undefined;
  const starting = setTimeout(() => {
    worker = new Worker(new URL('./checkpoint.worker.js', import.meta.url), { workerData: { file } });
  }, checkpointsAfterMs);
  return {
    close: async () => {
      clearTimeout(starting);
      if (!worker) return;
      const ended = once(worker, 'exit');
      worker.postMessage('close');
      await ended;
    },
  };
};

const run = (port: Port, { file }: WriterSettings, afterCommit: AfterCommit): void => {
  const report = (message: OpeningReport | BatchReport): void => {
    port.postMessage(message);
  };
  const { lock, database, group, mark } = open(file);
  const checkpoints = checkpointsSoon(file);

  const close = async (): Promise<void> => {
    await checkpoints.close();
    database.close();
    mark.close();
    lock.release();
    port.close();
  };

  // Never `close`: that comes when every batch has been answered.
  const nextBatch = (): WriteBatch | undefined => receiveMessageOnPort(port)?.message as WriteBatch | undefined;

  const commit = (first: WriteBatch): readonly BatchReport[] => {
    const reports = group.commit(first, nextBatch);
    mark.note(group.lastPosition());
    afterCommit();
    return reports;
  };

  port.on('message', (request: WriterRequest) => {
    if (request === 'close') void close();
    // One message each: those answered first are writing again while the others are being answered.
    else commit(request).forEach(report);
  });
  report({ outcome: 'opened', lastPosition: group.lastPosition() });
};

/**
 * What a worker thread that writes does: it owns the one connection that writes, so that a disk that is slow to sync
 * never holds up the main thread.
 * @param afterCommit lets a benchmark make the disk slower than it is
 */
export const serveAsWriter = (afterCommit: AfterCommit = () => undefined): void => {
  if (!parentPort) throw new Error('the writer of the event log is started as a worker thread');
  try {
    run(parentPort, workerData as WriterSettings, afterCommit);
  } catch (thrown) {
    const { failure, message } = failureOf(thrown);
    parentPort.postMessage({ outcome: 'not-opened', failure, message } satisfies OpeningReport);
    parentPort.close();
  }
};
