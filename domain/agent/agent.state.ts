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

type OfCall = Readonly<{ callId: CallId; contactId: ContactId }>;

/** What is true in every state of an agent who is logged on. */
type OnDuty = Readonly<{
  profile: AgentProfile;
  channelCode: string;
  /** The page has not been seen for a while. */
  lost: boolean;
  /** When idleness began; an agent whose reserved call went away has been idle all along. */
  idleSince: Instant;
  /** The last contact, whose notes may still be written. */
  lastContact?: ContactId;
}>;

/** The states of a CSTA agent. */
export type Agent =
  | Readonly<{ status: 'unknown' }>
  | Readonly<{ status: 'logged-off'; profile: AgentProfile; lastContact?: ContactId }>
  | (OnDuty & Readonly<{ status: 'ready' }>)
  | (OnDuty & Readonly<{ status: 'not-ready'; reason: NotReadyReason }>)
  | (OnDuty & OfCall & Readonly<{ status: 'reserved' | 'busy' | 'working-after-call'; pending?: PendingState }>);

export type AgentOnDuty = Exclude<Agent, { status: 'unknown' | 'logged-off' }>;
export type AgentInCall = Extract<Agent, { status: 'reserved' | 'busy' | 'working-after-call' }>;

export const isOnDuty = (agent: Agent): agent is AgentOnDuty =>
  agent.status !== 'unknown' && agent.status !== 'logged-off';

export const isInCall = (agent: Agent): agent is AgentInCall =>
  agent.status === 'reserved' || agent.status === 'busy' || agent.status === 'working-after-call';
