import type { CallCentreId, CallId, ContactId, DeviceId } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { AgentRole, NotReadyReason, PendingState } from './agent.events.js';

export type AgentProfile = Readonly<{
  loginName: string;
  displayName: string;
  centreId: CallCentreId;
  device: DeviceId;
  roles: readonly AgentRole[];
}>;

/** What an agent has dealt with, so that hearing of it again is nothing. */
export type AgentPast = Readonly<{
  /** Calls that are over for this agent, the last one first; only so many as may still be reported again. */
  calls: readonly CallId[];
  /** The last contact, whose notes may still be written. */
  contactId?: ContactId;
  /** Of that contact. */
  notes?: string;
  disposition?: Readonly<{ callId: CallId; code: string }>;
}>;

export const pastCallsKept = 10;

type OfCall = Readonly<{ callId: CallId; contactId: ContactId }>;

/** What is true in every state of an agent who is logged on; centre and device are those of the log-on. */
type OnDuty = Readonly<{
  profile: AgentProfile;
  centreId: CallCentreId;
  device: DeviceId;
  channelCode: string;
  /** The page has not been seen for a while. */
  lost: boolean;
  /** When idleness began; an agent whose reserved call went away has been idle all along. */
  idleSince: Instant;
  past: AgentPast;
}>;

/** The states of a CSTA agent, exactly one at a time. `pending`: what the agent becomes afterwards; without it, ready. */
export type Agent =
  | Readonly<{ status: 'unknown' }>
  | Readonly<{ status: 'logged-off'; profile: AgentProfile; past: AgentPast }>
  | (OnDuty & Readonly<{ status: 'ready' }>)
  | (OnDuty & Readonly<{ status: 'not-ready'; reason: NotReadyReason }>)
  | (OnDuty & OfCall & Readonly<{ status: 'reserved' | 'busy' | 'working-after-call'; pending?: PendingState }>);

export type AgentOnDuty = Exclude<Agent, { status: 'unknown' | 'logged-off' }>;
export type AgentInCall = Extract<Agent, { status: 'reserved' | 'busy' | 'working-after-call' }>;

export const isOnDuty = (agent: Agent): agent is AgentOnDuty =>
  agent.status !== 'unknown' && agent.status !== 'logged-off';

export const isInCall = (agent: Agent): agent is AgentInCall =>
  agent.status === 'reserved' || agent.status === 'busy' || agent.status === 'working-after-call';
