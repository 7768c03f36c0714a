import type { CallCause } from '../call/call.events.js';
import type { Command, DomainEvent } from '../kernel/decider.js';
import type { AgentId, CallId, ContactId, DeviceId, QueueId } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';

/** Why a call was given to an agent: it was next, or it was handed to that very agent. */
export type AssignmentPurpose = 'next-in-queue' | 'transfer' | 'conference';

/** The ACD of one call centre: calls that wait, in the order they came, and agents who wait, longest idle first. */
export type QueueEvent =
  /** `since`: when the call first joined; kept when it comes back unanswered. */
  | DomainEvent<'CallJoinedQueue', { callId: CallId; contactId: ContactId; since: Instant }>
  | DomainEvent<'CallLeftQueue', { callId: CallId; cause: CallCause }>
  | DomainEvent<'AgentJoinedQueue', { agentId: AgentId; device: DeviceId; since: Instant }>
  | DomainEvent<'AgentLeftQueue', { agentId: AgentId }>
  | DomainEvent<
      'CallAssigned',
      {
        callId: CallId;
        contactId: ContactId;
        agentId: AgentId;
        device: DeviceId;
        purpose: AssignmentPurpose;
        since: Instant;
        /** The trace of why: how many others were ready, how long this one had been idle. */
        because: string;
      }
    >
  | DomainEvent<'AssignmentRefused', { callId: CallId; agentId: AgentId; purpose: AssignmentPurpose }>;

type To<Type extends string, Data> = Command<Type, QueueId, Data>;

export type QueueCommand =
  /** `returnedBy`: the agent it had been assigned to and could not be put through to; left out when it comes for the first time. */
  | To<'JoinQueue', { callId: CallId; contactId: ContactId; since: Instant; returnedBy?: AgentId }>
  | To<'LeaveQueue', { callId: CallId; cause: CallCause }>
  | To<'OfferAgent', { agentId: AgentId; device: DeviceId; since: Instant }>
  | To<'WithdrawAgent', { agentId: AgentId }>
  /** A transfer or conference to a named agent: assigned if that agent is ready here, else `AssignmentRefused`. */
  | To<'AssignToAgent', { callId: CallId; contactId: ContactId; agentId: AgentId; purpose: 'transfer' | 'conference' }>;
