import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  EventStoreFailure,
  type EventFilter,
  type Subscribe,
  type Subscription,
} from '#domain/contracts/event-store.js';
import type { RecordedEvent } from '#domain/kernel/message.js';

/** Some events in log order, and the position up to which the log was looked through for them. */
export type LogPage = Readonly<{ events: readonly RecordedEvent[]; upTo: number }>;

/** What a subscription needs of a log. */
export type FollowedLog = Readonly<{
  /** Position of the last durable event. */
  last: () => number;
  /** The next events after a position; looks at least one position further, and never beyond `last`. */
  pageAfter: (position: number, filter: EventFilter | undefined) => LogPage | Promise<LogPage>;
}>;

/** A subscription as the log sees it. */
export type LogSubscription = Subscription &
  Readonly<{
    /** The log has grown. */
    wake: () => void;
    /** The log is closed, or has failed: then the subscriber is told. */
    end: (failure?: EventStoreFailure) => void;
  }>;

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

const closedEarly = (): EventStoreFailure =>
  new EventStoreFailure('closed', 'the subscription was closed before it had caught up');

const beyondTheEnd = (after: number, last: number): RangeError =>
  new RangeError(`the consumer has dealt with position ${after}, but the log ends at ${last}: is it another log?`);

/**
 * Hands the log over in order, page by page. A subscriber asks for the next page only when it has dealt with the one
 * before and knows its own position, so there can be no gap, no double and no queue that grows.
 * @param onEnded called once, when nothing more will be handed over
 */
export const subscribeTo = (log: FollowedLog, subscribe: Subscribe, onEnded: () => void): LogSubscription => {
  const { after, filter, handle, onStopped } = subscribe;
  const target = log.last();
  let position = after;
  let open = true;
  let told = false;
  let wake = (): void => undefined;
  let caughtUp = (): void => undefined;
  let notCaughtUp = (_why: Error): void => undefined;
  const catchingUp = new Promise<void>((resolve, reject) => {
    caughtUp = resolve;
    notCaughtUp = reject;
  });
  // Who does not wait for it learns of the end from `onStopped`.
  catchingUp.catch(() => undefined);

  const untilGrown = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });

  const handOverNextPage = async (): Promise<void> => {
    const { events, upTo } = await log.pageAfter(position, filter);
    if (!open) return;
    if (events.length > 0) await handle(events);
    position = upTo;
    if (position < log.last()) await nextTurn();
  };

  const follow = async (): Promise<void> => {
    if (after > target) throw beyondTheEnd(after, target);
    while (open) {
      if (position >= target) caughtUp();
      if (position < log.last()) await handOverNextPage();
      else await untilGrown();
    }
  };

  const stop = (why?: Error): void => {
    open = false;
    notCaughtUp(why ?? closedEarly());
    wake();
  };

  const tellOnce = (why: Error): void => {
    if (!told) onStopped(why);
    told = true;
  };

  const following = Promise.resolve()
    .then(follow)
    .catch((thrown: unknown) => {
      const error = asError(thrown);
      stop(error);
      tellOnce(error);
    })
    .finally(onEnded);

  return {
    caughtUp: catchingUp,
    close: () => {
      stop();
      return following;
    },
    wake: () => {
      wake();
    },
    end: (failure) => {
      if (!open) return;
      stop(failure);
      if (failure) tellOnce(failure);
    },
  };
};
