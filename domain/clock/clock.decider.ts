import { accept, ignore, type Decider } from '../kernel/decider.js';
import { instant, type Instant } from '../kernel/time.js';
import type { ClockCommand, ClockEvent } from './clock.events.js';

/** `inDoubtUpTo`: a time that is read does not tell, up to here, before or after which step it was read. */
export type ClockState = Readonly<{ inDoubtUpTo: Instant }>;

/** Steps of the clock, as they are noticed. One that puts in doubt only what is in doubt already is nothing new. */
export const clockDecider: Decider<ClockCommand, ClockState, ClockEvent> = {
  initialState: { inDoubtUpTo: instant(0) },
  decide: ({ data }, { inDoubtUpTo }) => (data.before <= inDoubtUpTo ? ignore : accept({ type: 'ClockStepped', data })),
  evolve: (_state, { data: { before } }) => ({ inDoubtUpTo: before }),
};
