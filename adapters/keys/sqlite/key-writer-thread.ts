import { Worker } from 'node:worker_threads';
import { KeyFailure } from '#domain/contracts/keys.js';
import type { KeyWrite, KeyWriteReport, KeyWriterRequest } from './key-writes.js';

export type KeyWriterThread = Readonly<{
  /** Durable by the time it resolves. @throws {KeyFailure} */
  write: (asked: KeyWrite) => Promise<void>;
  close: () => Promise<void>;
}>;

type Waiting = Readonly<{ resolve: () => void; reject: (failure: KeyFailure) => void }>;

const settle = (waiting: Waiting | undefined, report: KeyWriteReport): void => {
  if (report.outcome === 'done') waiting?.resolve();
  else waiting?.reject(new KeyFailure(report.failure, report.message));
};

/**
 * Starts the thread that writes keys, and has it open them.
 * @param onLost told when the thread has ended by itself: no key can be made or destroyed any more
 * @throws {KeyFailure}
 */
export const startKeyWriter = async (file: string, onLost: (why: KeyFailure) => void): Promise<KeyWriterThread> => {
  const worker = new Worker(new URL('./keys.worker.js', import.meta.url), { workerData: { file } });
  const writing: Waiting[] = [];
  let gone: KeyFailure | undefined;
  let closing: Promise<void> | undefined;
  let opened = false;

  const answer = (): Promise<void> =>
    new Promise((resolve, reject) => {
      if (gone) reject(gone);
      else writing.push({ resolve, reject });
    });
  const opening = answer();

  worker.on('message', (report: KeyWriteReport) => {
    settle(writing.shift(), report);
  });
  let cause: unknown;
  worker.once('error', (error) => {
    cause = error;
  });
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      const why = cause instanceof Error ? cause.message : `exit code ${code}`;
      gone = new KeyFailure('io', `the writer of the keys has ended: ${why}`, { cause });
      for (const { reject } of writing.splice(0)) reject(gone);
      if (opened && !closing) onLost(gone);
      resolve();
    });
  });

  const request = (message: KeyWriterRequest): void => {
    worker.postMessage(message);
  };

  await opening;
  opened = true;
  return {
    write: (asked) => {
      const answered = answer();
      if (!gone) request(asked);
      return answered;
    },
    close: () => {
      if (!closing) {
        request('close');
        closing = ended;
      }
      return closing;
    },
  };
};
