import type { Instant, Milliseconds } from '../kernel/time.js';

/** The one source of time. */
export interface Clock {
  now(): Instant;
  /** Calls once, that much later; the answer cancels it. */
  schedule(delay: Milliseconds, run: () => void): () => void;
}
