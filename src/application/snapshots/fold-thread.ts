import { Worker } from 'node:worker_threads';
import type { Snapshot } from '#domain/contracts/snapshots.js';
import type { RecordedEvent } from '#domain/kernel/message.js';

export type FoldThreadData = Readonly<{
  /** What to begin with; left out: the beginning of the log. */
  bytes?: Uint8Array;
  /** Id of the log's first event; empty before there is one. */
  log: string;
}>;

export type FoldRequest =
  /** JSON of some events. Text, since it costs both threads less than the objects. */
  Readonly<{ what: 'fold'; events: string }> | Readonly<{ what: 'snapshot' }> | Readonly<{ what: 'close' }>;

/** Requests are answered in their order; `close` is not. */
export type FoldAnswer =
  Readonly<{ what: 'folded' }> | Readonly<{ what: 'snapshot'; position: number; bytes: Uint8Array }>;

/** The thread that folds the log a second time, as the main thread sees it. Everything rejects once it has ended. */
export type FoldThread = Readonly<{
  /** Resolves when these events are folded. */
  fold: (events: readonly RecordedEvent[]) => Promise<void>;
  /** What has been folded up to now. */
  snapshot: () => Promise<Snapshot>;
  close: () => Promise<void>;
}>;

type Waiting = Readonly<{ resolve: (answer: FoldAnswer) => void; reject: (why: Error) => void }>;

export const startFoldThread = (data: FoldThreadData): FoldThread => {
  const worker = new Worker(new URL('./fold.worker.js', import.meta.url), { workerData: data });
  const waiting: Waiting[] = [];
  let ended: Error | undefined;
  const end = (why: Error): void => {
    ended ??= why;
    for (const { reject } of waiting.splice(0)) reject(ended);
  };
  worker.on('message', (answer: FoldAnswer) => waiting.shift()?.resolve(answer));
  worker.once('error', end);
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      end(new Error('the thread that makes snapshots has ended'));
      resolve();
    });
  });

  const ask = (request: FoldRequest): Promise<FoldAnswer> =>
    new Promise((resolve, reject) => {
      if (ended) {
        reject(ended);
        return;
      }
      waiting.push({ resolve, reject });
      worker.postMessage(request);
    });

  return {
    fold: async (events) => {
      await ask({ what: 'fold', events: JSON.stringify(events) });
    },
    snapshot: async () => {
      const answer = await ask({ what: 'snapshot' });
      if (answer.what !== 'snapshot') throw new Error('answers have come out of order');
      return answer;
    },
    close: async () => {
      if (!ended) worker.postMessage({ what: 'close' } satisfies FoldRequest);
      await exited;
    },
  };
};
