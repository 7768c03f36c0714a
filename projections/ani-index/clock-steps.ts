import { timesInDoubtUpTo } from '#domain/clock/times-in-doubt.js';
import type { LogEventOf } from '#domain/events.js';
import type { LeaseId } from '#domain/kernel/ids.js';
import { after, type Instant } from '#domain/kernel/time.js';
import type { IndexedLease } from '#domain/policies/views.js';
import type { LatelyOver } from '../lately-over.js';

export type TimesInDoubt = {
  /** The clock has been stepped: a time up to here does not tell on which side of the step it was stamped. */
  timesInDoubtUpTo: Instant;
};

export const doubtIf = (isInDoubt: boolean): Pick<IndexedLease, 'timeInDoubt'> =>
  isInDoubt ? { timeInDoubt: true } : {};

/** Whether its rest goes on then, or is still to be told of. */
const isResting = ({ releasedAt, quarantinedUntil }: IndexedLease, at: Instant): boolean =>
  releasedAt !== undefined && (quarantinedUntil === undefined || quarantinedUntil > at);

/** A clock put back confuses the times of all leases before it; one put forward cuts short the rest of those that rest. */
export const stepClock = (
  view: TimesInDoubt & Readonly<{ leases: Map<string, readonly IndexedLease[]>; resting: LatelyOver<LeaseId> }>,
  { data }: LogEventOf<'ClockStepped'>,
): void => {
  const { by, before } = data;
  view.timesInDoubtUpTo = timesInDoubtUpTo(data);
  for (const [key, leases] of view.leases) {
    const marked = leases.map((lease) => ({ ...lease, ...doubtIf(by < 0 || isResting(lease, before)) }));
    view.leases.set(key, marked);
  }
  // What rests is remembered for as long as before, whatever time it is said to be.
  if (by > 0) for (const [leaseId, until] of view.resting) view.resting.set(leaseId, after(until, by));
};
