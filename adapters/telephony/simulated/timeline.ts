import type { Clock } from '#domain/contracts/clock.js';
import type { Milliseconds } from '#domain/kernel/time.js';

/** What is still to happen in the network. */
export type Timeline = Readonly<{
  /** Runs once, that much later; the answer calls it off. */
  after: (delay: Milliseconds, run: () => void) => () => void;
  /** Nothing that was to happen happens any more. */
  stop: () => void;
}>;

export const timelineOf = (clock: Clock): Timeline => {
  const waiting = new Set<() => void>();
  let stopped = false;

  return {
    after: (delay, run) => {
      if (stopped) return () => undefined;
      const cancel = clock.schedule(delay, () => {
        waiting.delete(cancel);
        run();
      });
      waiting.add(cancel);
      return () => {
        waiting.delete(cancel);
        cancel();
      };
    },

    stop: () => {
      stopped = true;
      for (const cancel of waiting) cancel();
      waiting.clear();
    },
  };
};

/**
 * A way on which nothing overtakes: what was sent first arrives first, however long each takes. It reads no clock, so one
 * that is put forward or back neither delays nor hastens anything.
 */
export const lane = (timeline: Timeline): ((delay: Milliseconds, run: () => void) => void) => {
  const onTheWay: { due: boolean; run: () => void }[] = [];
  const arrive = (): void => {
    while (onTheWay[0]?.due) onTheWay.shift()?.run();
  };
  return (delay, run) => {
    const item = { due: false, run };
    onTheWay.push(item);
    timeline.after(delay, () => {
      item.due = true;
      arrive();
    });
  };
};
