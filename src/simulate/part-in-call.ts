import type { Clock } from '#domain/contracts/clock.js';
import type { Actor, Moment, PlannedAction } from './planned-actions.js';

/** One actor's part in one call: what the plan has the actor do, each at its time after its moment. */
export type PartInCall = Readonly<{
  /** A moment has come; that it has come before is no matter. */
  reached: (moment: Moment) => void;
  /** Nothing more is done but what follows from moments that are still to come. */
  dropAll: () => void;
}>;

type Part = Readonly<{
  actor: Actor;
  actions: readonly PlannedAction[];
  clock: Clock;
  perform: (action: PlannedAction) => void;
}>;

export const partInCall = ({ actor, actions, clock, perform }: Part): PartInCall => {
  const reachedBefore = new Set<Moment>();
  const waiting = new Set<() => void>();
  return {
    reached: (moment) => {
      if (reachedBefore.has(moment)) return;
      reachedBefore.add(moment);
      for (const action of actions) {
        if (action.by !== actor || action.since !== moment) continue;
        const cancel = clock.schedule(action.after, () => {
          waiting.delete(cancel);
          perform(action);
        });
        waiting.add(cancel);
      }
    },
    dropAll: () => {
      for (const cancel of waiting) cancel();
      waiting.clear();
    },
  };
};
