import type { CorrelationDecision } from '../correlation/correlation.events.js';
import type { Command } from '../kernel/decider.js';
import type {
  AgentId,
  CallCentreId,
  CallId,
  ContactId,
  DeviceId,
  GatewayId,
  IconSessionId,
  LeaseId,
  LinkId,
} from '../kernel/ids.js';
import type { E164, PhoneNumber } from '../kernel/phone-number.js';
import type { DtmfEntry } from '../merchant/merchant.events.js';
import type { Route } from '../routing/routing.types.js';
import type { CallCause, CallSide, DigitsDetector, DigitsSide, TransferFailure, TransferKind } from './call.events.js';

type To<Type extends string, Data> = Command<Type, CallId, Data>;

/** An agent whose channel code was keyed, and whether the switch has that agent on the call the digits came from. */
export type KeyedChannel = Readonly<{ code: string; agentId: AgentId; onThisCall: boolean }>;

/** About the call through a gateway. */
export type GatewayCallCommand =
  | To<
      'RequestCall',
      {
        contactId: ContactId;
        sessionId: IconSessionId;
        linkId?: LinkId;
        by: 'icon' | 'callback' | 'pbx' | 'agent';
        route: Route;
        decisionId: string;
      }
    >
  /** The next gateway to try, nearest first; none left: `RefuseForWantOfPorts`. */
  | To<'SelectGateway', { gatewayId: GatewayId }>
  | To<'RefuseForWantOfPorts', Readonly<Record<never, never>>>
  | To<'ReportOriginated', { gatewayId: GatewayId; port: number; ani: E164; leaseId: LeaseId }>
  | To<'ReportNetworkReached', { trunkGroup: string }>
  | To<
      'ReportDigits',
      {
        from: DigitsSide;
        digits: string;
        by: DigitsDetector;
        table: readonly DtmfEntry[];
        tableVersion: number;
        /** Channel codes that are given out to agents of this merchant. */
        channels: readonly KeyedChannel[];
      }
    >
  /** Once it is known that this is the call an agent has keyed a channel code on. */
  | To<'JoinChannel', { agentId: AgentId; code: string }>
  | To<'SendChannelMessage', { messageId: string; from: 'agent' | 'customer'; agentId?: AgentId; text: string }>
  | To<'RequestClearCall', { by: 'customer' | 'agent' | 'operator' | 'system'; cause: CallCause }>;

/** About a call at the switch of a call centre. */
export type CentreCallCommand =
  | To<
      'ReportQueued',
      {
        centreId: CallCentreId;
        ani: PhoneNumber;
        dnis: PhoneNumber;
        trunkGroup?: string;
        callerName?: string;
        uui?: string;
        correlation: CorrelationDecision;
        /** Used when the correlation names nobody. */
        newContactId: ContactId;
      }
    >
  /** Later evidence, or a later call that claims the same click. */
  | To<'ReportCorrelation', { correlation: CorrelationDecision }>
  | To<'SelectRoute', { agentId: AgentId; device: DeviceId }>
  | To<'ReportDelivered', { device: DeviceId }>
  | To<'RequestAnswer', { agentId: AgentId }>
  | To<'RequestHold', { agentId: AgentId }>
  | To<'RequestRetrieve', { agentId: AgentId }>
  | To<'RequestClearConnection', { agentId: AgentId }>
  | To<'RequestDigits', { agentId: AgentId; digits: string }>
  | To<'RequestTransfer', { transferId: string; kind: TransferKind; from: AgentId; to: AgentId }>
  | To<'FailTransfer', { to: AgentId; reason: TransferFailure }>
  | To<'ReportHeld', { device: DeviceId }>
  | To<'ReportRetrieved', { device: DeviceId }>
  | To<'ReportTransferred', { from: DeviceId; to: DeviceId }>
  | To<'ReportConferenced', { by: DeviceId; added: DeviceId }>
  | To<'DivertToQueue', { agentId: AgentId; cause: CallCause }>;

export type CommonCallCommand =
  | To<'ReportEstablished', { device?: DeviceId }>
  | To<'ChangeCallData', { changes: Readonly<Record<string, string>>; by: string }>
  | To<'ReportConnectionCleared', { device?: DeviceId; cause: CallCause }>
  | To<'ReportCallCleared', { cause: CallCause; side: CallSide }>
  | To<'ReportCallFailed', { cause: CallCause; side: CallSide }>
  | To<'ReportReconstructed', { known: readonly string[]; unknown: readonly string[] }>;

export type CallCommand = GatewayCallCommand | CentreCallCommand | CommonCallCommand;

export type CallRejection =
  | 'unknown-call'
  | 'call-is-over'
  | 'not-your-call'
  | 'call-is-not-alerting'
  | 'call-is-not-connected'
  | 'call-is-not-held'
  | 'already-transferring'
  | 'cannot-transfer-to-yourself'
  | 'bad-digits'
  | 'not-in-a-channel'
  | 'empty-message'
  | 'message-too-long';
