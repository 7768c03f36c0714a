import type { Command } from '../kernel/decider.js';
import type { AgentId, CallCentreId, CallId, ContactId, DeviceId } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { AgentRole, NotReadyReason } from './agent.events.js';

type To<Type extends string, Data> = Command<Type, AgentId, Data>;

export type AgentCommand =
  | To<
      'RegisterAgent',
      { loginName: string; displayName: string; centreId: CallCentreId; device: DeviceId; roles: readonly AgentRole[] }
    >
  | To<'LogOn', { device?: DeviceId; channelCode: string }>
  | To<'GoReady', Readonly<Record<never, never>>>
  | To<'GoNotReady', { reason: NotReadyReason }>
  | To<'LogOff', Readonly<Record<never, never>>>
  /** From the ACD: never refused with an error, since the call must go on: `AgentReservationDeclined` when it cannot be. */
  | To<'ReserveAgent', { callId: CallId; contactId: ContactId; since: Instant }>
  | To<'ReportAgentConnected', { callId: CallId; contactId: ContactId }>
  | To<'ReportAgentDisconnected', { callId: CallId; contactId: ContactId }>
  /** The reserved call went away before it was answered. */
  | To<'ReleaseReservation', { callId: CallId }>
  | To<'ReportNoAnswer', { callId: CallId }>
  | To<'ReportAgentLost', { lastSeen: Instant }>
  | To<'ReportAgentReturned', Readonly<Record<never, never>>>
  | To<'TakeNotes', { contactId: ContactId; text: string }>
  /** Ends the wrap-up. */
  | To<'RecordDisposition', { contactId: ContactId; callId: CallId; code: string }>;

export type AgentRejection =
  | 'unknown-agent'
  | 'login-name-taken'
  | 'not-logged-on'
  | 'already-logged-on'
  | 'not-your-contact'
  | 'notes-too-long'
  | 'not-working-after-call';
