import { after as later, type Instant } from '../kernel/time.js';
import type { ClockStep } from './clock.events.js';

/**
 * Up to which time a stamp does not tell on which side of a step it was given. After a step back the log's time goes on from
 * `before` at half speed until the clock has caught up with it: it is ahead of the clock for twice as long as it was put back.
 */
export const timesInDoubtUpTo = ({ by, before }: ClockStep): Instant => (by < 0 ? later(before, -by) : before);
