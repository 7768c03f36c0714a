import { accept, ignore, type Decider } from '../kernel/decider.js';
import type { CallRecordCommand, CallRecordEvent } from './call-record.events.js';

/** One record a call: a repeated end is not charged twice. */
export const callRecordDecider: Decider<CallRecordCommand, Readonly<{ issued: boolean }>, CallRecordEvent> = {
  initialState: { issued: false },
  decide: ({ data }, { issued }) => (issued ? ignore : accept({ type: 'CallRecordIssued', data })),
  evolve: () => ({ issued: true }),
};
