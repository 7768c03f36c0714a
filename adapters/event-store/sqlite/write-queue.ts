import type { Clock } from '#domain/contracts/clock.js';
import type { EffectState } from '#domain/contracts/effect-ledger.js';
import { EventStoreFailure, type Append, type AppendResult } from '#domain/contracts/event-store.js';
import type { StoredEvent } from '../event-codec.js';
import { requireEvents } from '../expected-revision.js';
import { pendingBatch } from './pending-batch.js';
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
  complete: (effect: string) => void;
  save: (consumer: string, position: number) => Promise<void>;
  /** Resolves when everybody has been answered; refuses what comes later. */
  close: () => Promise<void>;
}>;

type Dependencies = Readonly<{
  thread: Pick<WriterThread, 'write'>;
  clock: Clock;
  /** Told of each durable event, in log order. */
  committed: (event: StoredEvent) => void;
  /** Told when those who wrote these events have been answered. */
  answered: () => void;
}>;

/** Gathers what is to be written in one turn of the event loop into batches for the writer. */
export const writeQueue = ({ thread, clock, committed, answered }: Dependencies): WriteQueue => {
  let pending = pendingBatch();
  let flushing: NodeJS.Immediate | undefined;
  let flushingLater: NodeJS.Timeout | undefined;
  let written: Promise<unknown> = Promise.resolve();
  let closed = false;

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

  const requireOpen = (): void => {
    if (closed) throw new EventStoreFailure('closed', 'the event store is closed');
  };

  return {
    append: (append) => {
      requireOpen();
      requireEvents(append);
      const result = pending.append(append);
      flushSoon();
      return result;
    },

    begin: (effect) => {
      requireOpen();
      const state = pending.begin(effect);
      flushSoon();
      return state;
    },

    complete: (effect) => {
      requireOpen();
      pending.complete(effect);
      flushingLater ??= setTimeout(flush, completionDelay);
    },

    save: (consumer, position) => {
      requireOpen();
      const saved = pending.save(consumer, position);
      flushSoon();
      return saved;
    },

    close: async () => {
      closed = true;
      flush();
      await written;
    },
  };
};
