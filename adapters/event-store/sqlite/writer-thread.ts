import { Worker } from 'node:worker_threads';
import { EventStoreFailure } from '#domain/contracts/event-store.js';
import type { BatchReport, BatchResult, Failure, OpeningReport, WriteBatch, WriterRequest } from './write-batch.js';

export type WriterSettings = Readonly<{ file: string }>;

/** The script of the thread. */
export const writerScript = new URL('./writer.worker.js', import.meta.url);

/** The writer as the main thread sees it. */
export type WriterThread = Readonly<{
  /** Position of the last event when the log was opened. */
  lastPosition: number;
  /** Durable by the time it resolves. Batches are dealt with in the order they come. @throws {EventStoreFailure} */
  write: (batch: WriteBatch) => Promise<BatchResult>;
  /** Resolves when the thread has ended; for when nothing is being written any more. */
  close: () => Promise<void>;
  /** Resolves when the thread has ended, closed or not. */
  ended: Promise<EventStoreFailure>;
}>;

type Writing = Readonly<{ resolve: (result: BatchResult) => void; reject: (failure: EventStoreFailure) => void }>;

const asError = ({ failure, message }: Failure): EventStoreFailure => new EventStoreFailure(failure, message);

/** Resolves when the thread is no more, with what ended it. */
const endOf = (worker: Worker): Promise<EventStoreFailure> =>
  new Promise((resolve) => {
    let cause: unknown;
    worker.once('error', (error) => {
      cause = error;
    });
    worker.once('exit', (code) => {
      const why = cause instanceof Error ? cause.message : `exit code ${code}`;
      resolve(new EventStoreFailure('io', `the writer of the event log has ended: ${why}`, { cause }));
    });
  });

/** Takes over a worker whose log is open. */
const connect = (worker: Worker, lastPosition: number, ended: Promise<EventStoreFailure>): WriterThread => {
  const writing: Writing[] = [];
  let gone: EventStoreFailure | undefined;

  const request = (message: WriterRequest): void => {
    worker.postMessage(message);
  };

  worker.on('message', (report: BatchReport) => {
    const waiting = writing.shift();
    if (report.outcome === 'committed') waiting?.resolve(report.result);
    else waiting?.reject(asError(report));
  });

  void ended.then((failure) => {
    gone = failure;
    for (const { reject } of writing.splice(0)) reject(failure);
  });

  return {
    lastPosition,
    ended,
    write: (batch) =>
      new Promise((resolve, reject) => {
        if (gone) {
          reject(gone);
          return;
        }
        writing.push({ resolve, reject });
        request(batch);
      }),
    close: async () => {
      request('close');
      await ended;
    },
  };
};

/**
 * Starts the thread that writes, and has it open the log.
 * @throws {EventStoreFailure} when the log cannot be opened
 */
export const startWriter = async (settings: WriterSettings, script = writerScript): Promise<WriterThread> => {
  const worker = new Worker(script, { workerData: settings });
  const ended = endOf(worker);
  const opening = new Promise<OpeningReport>((resolve) => worker.once('message', resolve));
  const report = await Promise.race([opening, ended]);
  if (report instanceof EventStoreFailure) throw report;
  if (report.outcome === 'opened') return connect(worker, report.lastPosition, ended);
  await ended;
  throw asError(report);
};
