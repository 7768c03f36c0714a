import type { PlannedCall } from './planned-calls.js';

/** What robots do with a caller who is none of the load's: they are polite, and do not hang up. */
export const callOfStranger: PlannedCall = {
  index: -1,
  clickAt: 0,
  fate: 'plain',
  actions: [
    { by: 'first-agent', since: 'delivered', after: 1_500, do: 'answer' },
    { by: 'first-agent', since: 'left', after: 1_000, do: 'wrap-up', disposition: 'resolved' },
  ],
};
