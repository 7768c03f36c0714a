import type { Command, DomainEvent } from '../kernel/decider.js';
import type { ClockId } from '../kernel/ids.js';
import type { Instant, Milliseconds } from '../kernel/time.js';

/** The clock that all our times are read from was put forward or back, at once instead of bit by bit. */
export type ClockStep = Readonly<{
  /** From `before` to `after`: forward; below 0: back. */
  by: Milliseconds;
  /** The latest time that anything was stamped with, or would have been. */
  before: Instant;
  /** What the clock reads instead. */
  after: Instant;
}>;

/** A fact about times: those of before the step and of after it cannot be compared. */
export type ClockEvent = DomainEvent<'ClockStepped', ClockStep>;

export type ClockCommand = Command<'ReportClockStepped', ClockId, ClockStep>;
