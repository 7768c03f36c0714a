import type { RisingClock, SteadyClock } from '#domain/contracts/clock.js';
import { instant } from '#domain/kernel/time.js';

/** While it is ahead of a clock that has been put back, it goes at half that speed, until the other has caught up. */
const speedWhileAhead = 0.5;

/**
 * What a log stamps its events with: the time of a clock that may be put back, but never falling and never standing still.
 * A log that stood still until then would keep all ports resting, and all calls waiting for one.
 */
export const risingClock = (clock: SteadyClock): RisingClock => {
  let reading = 0;
  let readAt = clock.elapsed();

  const read = (): number => {
    const at = clock.elapsed();
    reading = Math.max(clock.now(), reading + (at - readAt) * speedWhileAhead);
    readAt = at;
    return reading;
  };

  return {
    now: () => instant(Math.floor(read())),
    elapsed: () => clock.elapsed(),
    schedule: (delay, run) => clock.schedule(delay, run),
    notBefore: (time) => {
      reading = Math.max(read(), time);
    },
  };
};
