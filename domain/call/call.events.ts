import type { CorrelationEvent } from '../correlation/correlation.events.js';
import type { DomainEvent } from '../kernel/decider.js';
import type {
  AgentId,
  CallCentreId,
  ContactId,
  DeviceId,
  GatewayId,
  IconSessionId,
  LeaseId,
  LinkId,
} from '../kernel/ids.js';
import type { E164, PhoneNumber } from '../kernel/phone-number.js';
import type { Instant } from '../kernel/time.js';
import type { DtmfAction } from '../merchant/merchant.events.js';
import type { RouteStep, RoutingRule } from '../routing/routing.types.js';

/** Why a connection or a call ended or did not come about (CSTA EventCause; Q.850 in the adapters). */
export type CallCause =
  | 'normal-clearing'
  | 'busy'
  | 'no-answer'
  | 'rejected'
  | 'destination-not-obtainable'
  | 'trunks-busy'
  | 'network-lost'
  | 'window-closed'
  | 'refused-by-policy'
  | 'centre-closed'
  | 'centre-full'
  | 'abandoned'
  | 'transferred'
  | 'lost-in-restart';

/** Which side of the gateway a call is seen from: the customer's (leased port) or the call centre's switch. */
export type CallSide = 'gateway' | 'centre';

export type DigitsSide = 'agent-side' | 'caller-side';
export type DigitsDetector = 'rfc4733' | 'info' | 'inband' | 'terminal' | 'simulated';

/** The call that Trunkline places through a gateway for a customer. */
export type GatewayCallEvent =
  | DomainEvent<
      'CallRequested',
      { contactId: ContactId; sessionId: IconSessionId; linkId?: LinkId; by: 'icon' | 'callback' | 'pbx' | 'agent' }
    >
  | DomainEvent<
      'DestinationSelected',
      { number: E164; centreId?: CallCentreId; rule: RoutingRule; policyVersion: number; trace: readonly RouteStep[] }
    >
  | DomainEvent<'DialAllowed', { decisionId: string; policy: string }>
  | DomainEvent<'DialRefused', { policy: string; reason: string; trace: readonly RouteStep[] }>
  | DomainEvent<'GatewaySelected', { gatewayId: GatewayId; tried: readonly GatewayId[] }>
  | DomainEvent<'CallOriginated', { gatewayId: GatewayId; port: number; ani: E164; leaseId: LeaseId }>
  | DomainEvent<'CallNetworkReached', { trunkGroup: string }>
  /**
   * `pending`: on the agent's side, what is keyed so far and not settled yet; left out on the caller's. No digits at all:
   * the pause after those before was over.
   */
  | DomainEvent<
      'DigitsReceived',
      { from: DigitsSide; digits: string; by: DigitsDetector; at: Instant; pending?: string }
    >
  | DomainEvent<
      'DtmfCommandRecognised',
      { code: string; label: string; tableVersion: number; action: DtmfAction; agentId?: AgentId }
    >
  | DomainEvent<'DtmfCommandRefused', { code: string; reason: DtmfRefusal }>
  | DomainEvent<'ChannelJoined', { agentId: AgentId; code: string; by: 'dtmf' | 'address' | 'invitation' }>
  | DomainEvent<'ChannelMessageSent', { messageId: string; from: 'agent' | 'customer'; agentId: AgentId; text: string }>
  | DomainEvent<'ChannelClosed', { agentId: AgentId }>
  | DomainEvent<'ClearCallRequested', { by: 'customer' | 'agent' | 'operator' | 'system'; cause: CallCause }>;

export type DtmfRefusal =
  'unknown-code' | 'caller-side' | 'not-in-a-call' | 'agent-not-on-this-call' | 'too-many-tries' | 'page-not-allowed';

/** A call as the switch of a call centre reports it, and what agents ask of that switch. */
export type CentreCallEvent =
  /** `contactId`: the journey it is taken to belong to from the first moment; why, says the correlation. */
  | DomainEvent<
      'CallQueued',
      {
        contactId: ContactId;
        centreId: CallCentreId;
        ani: PhoneNumber;
        dnis: PhoneNumber;
        trunkGroup?: string;
        callerName?: string;
        uui?: string;
      }
    >
  | DomainEvent<'RouteSelected', { agentId: AgentId; device: DeviceId }>
  /** `hop` counts the deliveries of this call: 1 for the first agent it rings at. `at`: by the switch's clock. */
  | DomainEvent<'CallDelivered', { agentId: AgentId; device: DeviceId; hop: number; at: Instant }>
  | DomainEvent<'AnswerRequested', { agentId: AgentId; device: DeviceId; at: Instant }>
  | DomainEvent<'HoldRequested', { agentId: AgentId; device: DeviceId; at: Instant }>
  | DomainEvent<'RetrieveRequested', { agentId: AgentId; device: DeviceId; at: Instant }>
  | DomainEvent<'ClearConnectionRequested', { agentId: AgentId; device: DeviceId; at: Instant }>
  | DomainEvent<'DigitsRequested', { agentId: AgentId; device: DeviceId; digits: string }>
  | DomainEvent<'TransferRequested', { transferId: string; kind: TransferKind; from: AgentId; to: AgentId }>
  | DomainEvent<'TransferFailed', { transferId: string; from: AgentId; to: AgentId; reason: TransferFailure }>
  /** `at`: by the switch's clock. */
  | DomainEvent<'CallHeld', { agentId: AgentId; device: DeviceId; at: Instant }>
  | DomainEvent<'CallRetrieved', { agentId: AgentId; device: DeviceId; at: Instant }>
  | DomainEvent<'CallTransferred', { from: AgentId; to: AgentId }>
  | DomainEvent<'CallConferenced', { by: AgentId; added: AgentId }>
  /** Taken from a device that did not answer, back to the queue. */
  | DomainEvent<'CallDiverted', { agentId: AgentId; device: DeviceId; cause: CallCause }>;

export type TransferKind = 'transfer' | 'conference';
export type TransferFailure = 'agent-not-ready' | 'no-answer' | 'caller-gone' | 'refused-by-switch';

/** Either side. */
export type CommonCallEvent =
  | DomainEvent<'CallEstablished', { agentId?: AgentId; device?: DeviceId }>
  /** `changes`: key → value; an empty string removes the key. `version` counts the changes. */
  | DomainEvent<'CallDataChanged', { changes: Readonly<Record<string, string>>; version: number; by: string }>
  | DomainEvent<'ConnectionCleared', { agentId?: AgentId; device?: DeviceId; cause: CallCause }>
  | DomainEvent<'CallCleared', { cause: CallCause; side: CallSide }>
  | DomainEvent<'CallFailed', { cause: CallCause; side: CallSide }>
  | DomainEvent<'CallReconstructed', { known: readonly string[]; unknown: readonly string[] }>;

export type CallEvent = GatewayCallEvent | CentreCallEvent | CommonCallEvent | CorrelationEvent;
