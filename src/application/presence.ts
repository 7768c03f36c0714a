import type { Clock } from '#domain/contracts/clock.js';
import type { Instant, Milliseconds } from '#domain/kernel/time.js';

export type Presence<Who> = Readonly<{
  /** Answers whether the one who is back had been given up. */
  present: (who: Who) => boolean;
  absent: (who: Who) => void;
}>;

/** Tells when somebody has been away for so long that it counts. */
export const createPresence = <Who>(
  clock: Clock,
  patience: Milliseconds,
  onGone: (who: Who, lastSeen: Instant) => void,
): Presence<Who> => {
  const waiting = new Map<Who, () => void>();
  const gone = new Set<Who>();
  return {
    present: (who) => {
      waiting.get(who)?.();
      waiting.delete(who);
      return gone.delete(who);
    },
    absent: (who) => {
      if (waiting.has(who) || gone.has(who)) return;
      const lastSeen = clock.now();
      waiting.set(
        who,
        clock.schedule(patience, () => {
          waiting.delete(who);
          gone.add(who);
          onGone(who, lastSeen);
        }),
      );
    },
  };
};
