import type { EventStoreFailure, Subscribe, Subscription } from '#domain/contracts/event-store.js';
import { subscribeTo, type FollowedLog, type LogSubscription } from './log-subscription.js';

/** All who follow one log. */
export type Subscriptions = Readonly<{
  add: (subscribe: Subscribe) => Subscription;
  /** The log has grown: whoever waits goes on. */
  wake: () => void;
  /** Nothing more will come; with a failure, all are told of it. */
  end: (failure?: EventStoreFailure) => void;
}>;

export const subscriptionsTo = (log: FollowedLog): Subscriptions => {
  const all = new Set<LogSubscription>();
  return {
    add: (subscribe) => {
      const subscription = subscribeTo(log, subscribe, () => {
        all.delete(subscription);
      });
      all.add(subscription);
      return subscription;
    },
    wake: () => {
      for (const subscription of all) subscription.wake();
    },
    end: (failure) => {
      for (const subscription of all) subscription.end(failure);
    },
  };
};
