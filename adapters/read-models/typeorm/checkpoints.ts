import { Worker } from 'node:worker_threads';

/** The thread that keeps a write-ahead log short. */
export type Checkpoints = Readonly<{ close: () => Promise<void> }>;

/** Where the thread fails, nothing is lost: the log grows until the connection that writes moves it itself. */
export const startCheckpoints = (file: string): Checkpoints => {
  const worker = new Worker(new URL('./checkpoint.worker.js', import.meta.url), { workerData: file });
  const ended = new Promise<void>((resolve) => {
    worker.once('error', () => {
      resolve();
    });
    worker.once('exit', () => {
      resolve();
    });
  });
  // It must not keep a process alive that has nothing else to do.
  worker.unref();
  return {
    close: () => {
      worker.postMessage('close');
      return ended;
    },
  };
};
