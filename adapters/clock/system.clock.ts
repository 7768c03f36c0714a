import type { SteadyClock } from '#domain/contracts/clock.js';
import { instant, type Milliseconds } from '#domain/kernel/time.js';

/** The longest that one Node timer can wait; a longer one would fire at once. */
const longestTimer: Milliseconds = 2 ** 31 - 1;

/** The machine's clock. Its timers never keep a process alive that has nothing else to do. */
export const systemClock: SteadyClock = {
  now: () => instant(Date.now()),

  elapsed: () => performance.now(),

  schedule: (delay, run) => {
    let timer: NodeJS.Timeout;
    const wait = (left: Milliseconds): void => {
      const leg = Math.min(left, longestTimer);
      timer = setTimeout(() => {
        if (left > leg) wait(left - leg);
        else run();
      }, leg);
      timer.unref();
    };
    wait(Math.max(0, delay));
    return () => {
      clearTimeout(timer);
    };
  },
};
