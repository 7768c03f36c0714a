import type { AgentId, CallId, ContactId } from '#domain/kernel/ids.js';
import type { Instant } from '#domain/kernel/time.js';
import type { Projection } from '../projection.js';

/** An agent whose phone should be answered: since when the call has been meant for that agent. */
export type RingingAgent = Readonly<{ agentId: AgentId; callId: CallId; contactId: ContactId; since: Instant }>;

export type DeadlinesView = {
  /** In the order their deadlines come. */
  ringing: Map<AgentId, RingingAgent>;
  /** Calls with keyed digits that may or may not go on, and since when. */
  digits: Map<CallId, Instant>;
};

const stops = (view: DeadlinesView, { stream }: Readonly<{ stream: string }>): void =>
  void view.ringing.delete(stream as AgentId);

const silent = (view: DeadlinesView, { stream }: Readonly<{ stream: string }>): void =>
  void view.digits.delete(stream as CallId);

/** What must happen by a certain time, unless something else happens first. Survives a restart, as the log does. */
export const deadlines = {
  name: 'deadlines',
  version: 3,
  empty: (): DeadlinesView => ({ ringing: new Map(), digits: new Map() }),
  on: {
    AgentReserved: (view, { stream, data: { callId, contactId }, recordedAt }) => {
      const agentId = stream as AgentId;
      view.ringing.delete(agentId);
      view.ringing.set(agentId, { agentId, callId, contactId, since: recordedAt });
    },
    AgentBusy: stops,
    AgentReady: stops,
    AgentNotReady: stops,
    AgentWorkingAfterCall: stops,
    AgentLoggedOff: stops,
    AgentDidNotAnswer: stops,
    DigitsReceived: (view, { stream, data: { pending }, meta }) => {
      const callId = stream as CallId;
      view.digits.delete(callId);
      if (pending !== undefined && pending !== '') view.digits.set(callId, meta.occurredAt);
    },
    CallCleared: silent,
    CallFailed: silent,
  },
} satisfies Projection<
  DeadlinesView,
  | 'AgentReserved'
  | 'AgentBusy'
  | 'AgentReady'
  | 'AgentNotReady'
  | 'AgentWorkingAfterCall'
  | 'AgentLoggedOff'
  | 'AgentDidNotAnswer'
  | 'DigitsReceived'
  | 'CallCleared'
  | 'CallFailed'
>;
