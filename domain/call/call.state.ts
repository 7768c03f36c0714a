import type { CorrelationDecision } from '../correlation/correlation.events.js';
import { emptyDtmfBuffer, type DtmfBuffer } from '../dtmf/dtmf-recogniser.js';
import type { AgentId, ContactId, DeviceId, GatewayId, LeaseId } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { CallSide, DigitsDetector, TransferKind } from './call.events.js';

/** Data attached to a call, and how often it has changed. */
export type AttachedData = Readonly<{ values: ReadonlyMap<string, string>; version: number }>;

/** What a look at the network after a break found: known, and not to be known any more. */
type Reconstruction = Readonly<{ known: readonly string[]; unknown: readonly string[] }>;

type InProgress = Readonly<{
  attached: AttachedData;
  reconstruction?: Reconstruction;
  /** The customer's or trunk's own connection has been reported gone. */
  callerCleared: boolean;
}>;

/** Digits of one call: what is settled lives in events, this is what the next digit needs. */
export type Keying = Readonly<{
  buffer: DtmfBuffer;
  /** The detector that is believed, once one has told anything. */
  detector?: DigitsDetector;
  /** The newest reports, so that one that comes twice is known. */
  heard: readonly string[];
}>;

export type LiveGatewayCall = InProgress &
  Readonly<{
    side: 'gateway';
    /** `requested`: allowed, and nothing dialled yet. */
    status: 'requested' | 'originated' | 'established';
    contactId: ContactId;
    /** Gateways selected so far, in order. */
    tried: readonly GatewayId[];
    leaseId?: LeaseId;
    networkReached: boolean;
    clearRequested: boolean;
    keying: Keying;
    /** The agent whose channel the customer is in. */
    channel?: AgentId;
    messageIds: readonly string[];
  }>;

export type GatewayCall = LiveGatewayCall | Readonly<{ side: 'gateway'; status: 'over'; contactId?: ContactId }>;

export type AgentAsk = 'answer' | 'hold' | 'retrieve' | 'clear';

/** An agent's connection to a call. */
export type Party = Readonly<{
  agentId: AgentId;
  device: DeviceId;
  status: 'reserved' | 'alerting' | 'connected' | 'held';
  /** By the switch's clock. */
  deliveredAt?: Instant;
  /** When it was last held or retrieved, by the switch's clock. */
  holdChangedAt?: Instant;
  /** What the agent has asked for and the switch has not done yet. */
  asked?: Readonly<{ what: AgentAsk; at: Instant }>;
}>;

export type PendingTransfer = Readonly<{ transferId: string; kind: TransferKind; from: AgentId; to: AgentId }>;

/** Whose call it is taken to be. */
type Attribution = Readonly<{
  contactId?: ContactId;
  correlation?: CorrelationDecision;
  /** The contact it has of its own while nobody is named. */
  ownContactId?: ContactId;
}>;

export type LiveCentreCall = InProgress &
  Attribution &
  Readonly<{
    side: 'centre';
    /** Waiting in the queue, ringing, or talked: what its parties are. */
    status: 'in-progress';
    parties: readonly Party[];
    deliveries: number;
    transfer?: PendingTransfer;
  }>;

export type CentreCall = LiveCentreCall | (Attribution & Readonly<{ side: 'centre'; status: 'over' }>);

export type Call = Readonly<{ side?: never; status: 'unknown' }> | GatewayCall | CentreCall;

/** The customer's journey that a call belongs to now; none before its first event. */
export const contactOfCall = (call: Call): ContactId | undefined =>
  call.status === 'unknown' ? undefined : call.contactId;

const nothingYet: InProgress = { attached: { values: new Map(), version: 0 }, callerCleared: false };

export const requestedCall = (contactId: ContactId): LiveGatewayCall => ({
  ...nothingYet,
  side: 'gateway',
  status: 'requested',
  contactId,
  tried: [],
  networkReached: false,
  clearRequested: false,
  keying: { buffer: emptyDtmfBuffer, heard: [] },
  messageIds: [],
});

export const queuedCall = (contactId: ContactId): LiveCentreCall => ({
  ...nothingYet,
  side: 'centre',
  status: 'in-progress',
  contactId,
  parties: [],
  deliveries: 0,
});

/** A call of which nothing was known before it ended: its late reports must find it over. */
export const overUnheard = (side: CallSide): Call => ({ side, status: 'over' });
