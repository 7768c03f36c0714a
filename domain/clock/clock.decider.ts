import { accept, ignore, type Decider } from '../kernel/decider.js';
import { instant, type Instant } from '../kernel/time.js';
import type { ClockCommand, ClockEvent } from './clock.events.js';
import { timesInDoubtUpTo } from './times-in-doubt.js';

/** `inDoubtUpTo`: a time that was stamped does not tell, up to here, on which side of a step. */
export type ClockState = Readonly<{ inDoubtUpTo: Instant }>;

/** Steps of the clock, as they are noticed. One that puts in doubt only what is in doubt already is nothing new. */
export const clockDecider: Decider<ClockCommand, ClockState, ClockEvent> = {
  initialState: { inDoubtUpTo: instant(0) },
  decide: ({ data }, { inDoubtUpTo }) =>
    timesInDoubtUpTo(data) <= inDoubtUpTo ? ignore : accept({ type: 'ClockStepped', data }),
  evolve: (_state, { data }) => ({ inDoubtUpTo: timesInDoubtUpTo(data) }),
};
