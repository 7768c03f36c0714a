import type { SteadyClock } from '#domain/contracts/clock.js';
import { instant, type Instant, type Milliseconds } from '#domain/kernel/time.js';

export type FakeClock = SteadyClock &
  Readonly<{
    /** Lets time pass: whatever falls due on the way runs, in order, each at its own moment. */
    advance: (by: Milliseconds) => void;
    /** Puts the clock forward or back, as an operator does; no time passes and nothing falls due. */
    set: (to: Instant) => void;
    /** How many timers are waiting. */
    waiting: () => number;
  }>;

type Timer = Readonly<{ due: number; run: () => void }>;

/** Monday 5 January 2026, 09:00 UTC. */
export const mondayMorning: Instant = instant(Date.UTC(2026, 0, 5, 9));

/** A clock that stands still until it is told otherwise. */
export const fakeClock = (start: Instant = mondayMorning): FakeClock => {
  const timers = new Set<Timer>();
  let elapsed = 0;
  let offset: number = start;

  const firstDue = (by: number): Timer | undefined =>
    [...timers].filter(({ due }) => due <= by).sort((one, other) => one.due - other.due)[0];

  return {
    now: () => instant(offset + elapsed),
    elapsed: () => elapsed,

    schedule: (delay, run) => {
      const timer = { due: elapsed + Math.max(0, delay), run };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },

    advance: (by) => {
      const end = elapsed + by;
      for (let timer = firstDue(end); timer; timer = firstDue(end)) {
        elapsed = Math.max(elapsed, timer.due);
        timers.delete(timer);
        timer.run();
      }
      elapsed = end;
    },

    set: (to) => {
      offset = to - elapsed;
    },

    waiting: () => timers.size,
  };
};
