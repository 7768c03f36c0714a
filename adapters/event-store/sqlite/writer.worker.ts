import { once } from 'node:events';
import { parentPort, receiveMessageOnPort, Worker, workerData } from 'node:worker_threads';
import { claim } from './database-lock.js';
import { groupCommit } from './group-commit.js';
import { openForWriting } from './open-database.js';
import { failureOf } from './sqlite-failure.js';
import type { BatchReport, OpeningReport, WriteBatch, WriterRequest } from './write-batch.js';
import type { WriterSettings } from './writer-thread.js';

/** The thread that owns the one connection that writes: a disk that is slow to sync never holds up the main thread. */
const run = (port: NonNullable<typeof parentPort>, { file }: WriterSettings): void => {
  const report = (message: OpeningReport | BatchReport): void => {
    port.postMessage(message);
  };
  const lock = claim(file);
  const database = openForWriting(file);
  const group = groupCommit(database);

  const checkpoints = new Worker(new URL('./checkpoint.worker.js', import.meta.url), { workerData: { file } });
  const noMoreCheckpoints = once(checkpoints, 'exit');

  const close = async (): Promise<void> => {
    checkpoints.postMessage('close');
    await noMoreCheckpoints;
    database.close();
    lock.release();
    port.close();
  };

  // Never `close`: that comes when every batch has been answered.
  const nextBatch = (): WriteBatch | undefined => receiveMessageOnPort(port)?.message as WriteBatch | undefined;

  port.on('message', (request: WriterRequest) => {
    if (request === 'close') void close();
    // One message each: those answered first are writing again while the others are being answered.
    else group.commit(request, nextBatch).forEach(report);
  });
  report({ outcome: 'opened', lastPosition: group.lastPosition() });
};

if (!parentPort) throw new Error('the writer of the event log is started as a worker thread');
try {
  run(parentPort, workerData as WriterSettings);
} catch (thrown) {
  const { failure, message } = failureOf(thrown);
  parentPort.postMessage({ outcome: 'not-opened', failure, message } satisfies OpeningReport);
  parentPort.close();
}
