import type { Clock } from '#domain/contracts/clock.js';
import type { EffectState } from '#domain/contracts/effect-ledger.js';
import type { Append, AppendResult } from '#domain/contracts/event-store.js';
import type { StoredEvent } from '../event-codec.js';
import type { Openness } from '../openness.js';
import { pendingBatch, type PendingBatch } from './pending-batch.js';
import type { BatchResult } from './write-batch.js';
import { failureOf } from './sqlite-failure.js';
import type { WriterThread } from './writer-thread.js';

/** A batch of so many events is sent at once, so that the writer's thread works while ours goes on collecting. */
const eventsPerBatch = 32;
/** How long a completed effect waits for others to share a sync with, in milliseconds. */
const completionDelay = 50;

export type WriteQueue = Readonly<{
  append: (append: Append) => Promise<AppendResult>;
  begin: (effect: string) => Promise<EffectState>;
  complete: (effect: string) => Promise<void>;
  save: (consumer: string, position: number) => Promise<void>;
  /** Sends what is left, and resolves when everybody has been answered. */
  drain: () => Promise<void>;
}>;

type Dependencies = Readonly<{
  thread: Pick<WriterThread, 'write'>;
  clock: Clock;
  open: Openness;
  /** Told of each durable event, in log order. */
  committed: (event: StoredEvent) => void;
  /** Told when those who wrote these events have been answered. */
  answered: () => void;
}>;

/** Gathers what is to be written in one turn of the event loop into batches for the writer. */
export const writeQueue = ({ thread, clock, open, committed, answered }: Dependencies): WriteQueue => {
  let pending = pendingBatch();
  let flushing: NodeJS.Immediate | undefined;
  let flushingLater: NodeJS.Timeout | undefined;
  let written: Promise<unknown> = Promise.resolve();

  const flush = (): void => {
    clearImmediate(flushing);
    clearTimeout(flushingLater);
    flushing = flushingLater = undefined;
    const sent = pending;
    pending = pendingBatch();
    written = thread.write(sent.batch(clock.now())).then(
      (result: BatchResult) => {
        sent.answer(result, committed);
        answered();
      },
      (thrown: unknown) => {
        // They have been told that it is done, so they will not ask again: it goes with the next batch.
        for (const effect of sent.completed()) pending.complete(effect);
        sent.fail(failureOf(thrown));
      },
    );
  };

  const flushSoon = (): void => {
    if (pending.events() >= eventsPerBatch) flush();
    else flushing ??= setImmediate(flush);
  };

  const put = <Answer>(ask: (batch: PendingBatch) => Promise<Answer>): Promise<Answer> => {
    const refusal = open.refusal();
    if (refusal) return Promise.reject(refusal);
    const answer = ask(pending);
    flushSoon();
    return answer;
  };

  return {
    append: (append) => put((batch) => batch.append(append)),
    begin: (effect) => put((batch) => batch.begin(effect)),
    save: (consumer, position) => put((batch) => batch.save(consumer, position)),

    complete: async (effect) => {
      open.require();
      pending.complete(effect);
      flushingLater ??= setTimeout(flush, completionDelay);
    },

    drain: async () => {
      flush();
      await written;
    },
  };
};
