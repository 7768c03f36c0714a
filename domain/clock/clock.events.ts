import type { Command, DomainEvent } from '../kernel/decider.js';
import type { ClockId } from '../kernel/ids.js';
import type { Instant, Milliseconds } from '../kernel/time.js';

/** The clock that all our times are read from was put forward or back, at once instead of bit by bit. */
export type ClockStep = Readonly<{
  /** Forward; below 0: back. */
  by: Milliseconds;
  /** What it would have read. */
  before: Instant;
  /** What it reads instead. */
  after: Instant;
}>;

/** Times up to `before` do not tell the order of what was read before the step and after it. */
export type ClockEvent = DomainEvent<'ClockStepped', ClockStep>;

export type ClockCommand = Command<'ReportClockStepped', ClockId, ClockStep>;
