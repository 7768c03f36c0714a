import type { DomainEvent } from '../kernel/decider.js';
import type { CallCentreId, CallId, ContactId, DeviceId } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';

/** Reason (aux) code of not being ready. */
export type NotReadyReason = 'logged-on' | 'break' | 'lunch' | 'training' | 'other' | 'no-answer' | 'connection-lost';
export type AgentRole = 'agent' | 'supervisor' | 'analyst' | 'admin';
/** What the agent becomes when the present call or wrap-up is over. */
export type PendingState =
  | Readonly<{ state: 'ready' }>
  | Readonly<{ state: 'not-ready'; reason: NotReadyReason }>
  | Readonly<{ state: 'logged-off' }>;

export type AgentEvent =
  | DomainEvent<
      'AgentRegistered',
      { loginName: string; displayName: string; centreId: CallCentreId; device: DeviceId; roles: readonly AgentRole[] }
    >
  | DomainEvent<'AgentLoggedOn', { device: DeviceId; channelCode: string; centreId: CallCentreId }>
  | DomainEvent<'AgentReady', { device: DeviceId; centreId: CallCentreId; since: Instant }>
  | DomainEvent<'AgentNotReady', { reason: NotReadyReason; centreId: CallCentreId }>
  | DomainEvent<'AgentReserved', { callId: CallId; contactId: ContactId; device: DeviceId; since: Instant }>
  | DomainEvent<
      'AgentReservationDeclined',
      { callId: CallId; contactId: ContactId; since: Instant; centreId: CallCentreId }
    >
  | DomainEvent<'AgentBusy', { callId: CallId; contactId: ContactId }>
  | DomainEvent<'AgentWorkingAfterCall', { callId: CallId; contactId: ContactId }>
  | DomainEvent<'AgentStatePending', { next: PendingState }>
  | DomainEvent<'AgentDidNotAnswer', { callId: CallId; contactId: ContactId; device: DeviceId }>
  | DomainEvent<'AgentLost', { lastSeen: Instant }>
  | DomainEvent<'AgentReturned'>
  | DomainEvent<'AgentLoggedOff', { centreId: CallCentreId; channelCode: string }>
  | DomainEvent<'NotesTaken', { contactId: ContactId; text: string }>
  | DomainEvent<'DispositionRecorded', { contactId: ContactId; callId: CallId; code: string }>;
