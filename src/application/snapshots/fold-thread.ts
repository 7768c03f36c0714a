import { Worker } from 'node:worker_threads';
import type { Reopening } from '#domain/contracts/snapshots.js';
import type { RecordedEvent } from '#domain/kernel/message.js';

export type FoldThreadData = Readonly<{
  /** What to begin with; left out: the beginning of the log. */
  bytes?: Uint8Array;
  /** Id of the log's first event; empty before there is one. */
  log: string;
  /** A snapshot of up to there is kept already. */
  saved: number;
  /** Where to save. */
  elsewhere: Reopening;
}>;

export type FoldRequest =
  /** JSON of some events. Text, since it costs both threads less than the objects. */
  Readonly<{ what: 'fold'; events: string }> | Readonly<{ what: 'save' }>;

/** Requests are dealt with one after another, and answered in their order. */
export type FoldAnswer =
  | Readonly<{ what: 'folded' }>
  | Readonly<{ what: 'saved'; position: number }>
  | Readonly<{ what: 'not-saved'; why: string }>;

/** The thread that folds the log a second time, as the main thread sees it. Everything rejects once it has ended. */
export type FoldThread = Readonly<{
  /** Resolves when these events are folded. */
  fold: (events: readonly RecordedEvent[]) => Promise<void>;
  /** Saves what has been folded up to now; resolves with the position of the newest snapshot. */
  save: () => Promise<number>;
  close: () => Promise<void>;
}>;

type Waiting = Readonly<{ resolve: (answer: FoldAnswer) => void; reject: (why: Error) => void }>;

export const startFoldThread = (data: FoldThreadData): FoldThread => {
  const worker = new Worker(new URL('./fold.worker.js', import.meta.url), { workerData: data });
  // Who is killed, or ends without closing it, does not wait for it.
  worker.unref();
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
    save: async () => {
      const answer = await ask({ what: 'save' });
      if (answer.what === 'saved') return answer.position;
      throw new Error(answer.what === 'not-saved' ? answer.why : 'answers have come out of order');
    },
    close: async () => {
      worker.ref();
      if (!ended) worker.postMessage('close');
      await exited;
    },
  };
};
