import type { Clock } from '#domain/contracts/clock.js';
import type { Instant, Milliseconds } from '#domain/kernel/time.js';

export type Presence<Who> = Readonly<{ present: (who: Who) => void; absent: (who: Who) => void }>;

/** Tells when somebody has been away for so long that it counts. */
export const createPresence = <Who>(
  clock: Clock,
  patience: Milliseconds,
  onGone: (who: Who, lastSeen: Instant) => void,
): Presence<Who> => {
  const waiting = new Map<Who, () => void>();
  return {
    present: (who) => {
      waiting.get(who)?.();
      waiting.delete(who);
    },
    absent: (who) => {
      if (waiting.has(who)) return;
      const lastSeen = clock.now();
      waiting.set(
        who,
        clock.schedule(patience, () => {
          waiting.delete(who);
          onGone(who, lastSeen);
        }),
      );
    },
  };
};
