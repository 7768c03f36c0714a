import type { Instant, Milliseconds } from '../kernel/time.js';

/** The one source of time. */
export interface Clock {
  now(): Instant;
  /** Calls once, that much later; the answer cancels it. */
  schedule(delay: Milliseconds, run: () => void): () => void;
}

/** A clock that also knows how much time has passed, whatever it has been set to meanwhile. */
export interface SteadyClock extends Clock {
  /** Since some moment in the life of this process; never goes back. May have fractions. */
  elapsed(): Milliseconds;
}

/** The time by which a log stamps its events: it rises, also while the clock of the machine has been put back. */
export interface RisingClock extends SteadyClock {
  /** From now on it is at least so late: what a log has been stamped with before. */
  notBefore(time: Instant): void;
}
