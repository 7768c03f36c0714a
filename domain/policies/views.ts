import type { AgentState } from '../views/agent-desktop.js';
import type { Gateway, Lease } from '../gateway/gateway.events.js';
import type { IdentificationSource, Page } from '../icon-session/icon-session.events.js';
import type {
  AgentId,
  CallCentreId,
  CallId,
  ContactId,
  DeviceId,
  GatewayId,
  IconSessionId,
  LinkId,
  MerchantId,
  PopId,
} from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { Merchant } from '../merchant/merchant.state.js';
import type { CallFacts } from '../billing/call-record.events.js';
import type { Belief } from '../pop/pop.events.js';

/** A lease as the ANI index keeps it: live, or released and resting. */
export type IndexedLease = Lease &
  Readonly<{
    gatewayId: GatewayId;
    trunkGroup: string;
    sequence: number;
    leasedAt: Instant;
    /** Number that was dialled through it. */
    dialled?: string;
    releasedAt?: Instant;
    quarantinedUntil?: Instant;
    /** The call at a centre that has been tied to it. */
    claimedBy?: CallId;
  }>;

/** Line number → leases. */
export interface AniIndex {
  /** Leases of that merchant on a port with this number, live or resting, newest first. */
  byAni(merchantId: MerchantId, ani: string): readonly IndexedLease[];
  /** Live leases of that merchant on the gateway whose pilot number this is, newest first. */
  byPilotNumber(merchantId: MerchantId, number: string): readonly IndexedLease[];
  /** The session that a pure internet call announced by these digits. */
  byPseudoAni(merchantId: MerchantId, digits: string): IndexedSession | undefined;
  bySession(sessionId: IconSessionId): IndexedSession | undefined;
  leaseOf(callId: CallId): IndexedLease | undefined;
}

export type IndexedSession = Readonly<{
  sessionId: IconSessionId;
  contactId: ContactId;
  merchantId: MerchantId;
  /** The call through a gateway, once requested. */
  callId?: CallId;
  linkId?: LinkId;
  origin: string;
  page: Page;
  clickedAt: Instant;
  open: boolean;
  customer?: Readonly<{ ref: string; by: IdentificationSource }>;
}>;

export interface MerchantDirectory {
  merchant(merchantId: MerchantId): Merchant | undefined;
  /** The merchant's centre with that number. */
  centre(
    centreId: CallCentreId,
  ): Merchant['centres'] extends ReadonlyMap<CallCentreId, infer Centre> ? Centre | undefined : never;
}

export interface GatewayDirectory {
  gateways(): readonly (Gateway & Readonly<{ gatewayId: GatewayId; free: number }>)[];
}

/** A call as policies need to know it. */
export type LiveCall = Readonly<{
  callId: CallId;
  side: 'gateway' | 'centre';
  contactId: ContactId;
  sessionId?: IconSessionId;
  centreId?: CallCentreId;
  /** Where a call through a gateway goes. */
  destination?: Readonly<{ number: string; centreId?: CallCentreId }>;
  agents: readonly Readonly<{
    agentId: AgentId;
    device: DeviceId;
    state: 'reserved' | 'alerting' | 'connected' | 'held';
    hop: number;
    popId?: PopId;
  }>[];
  queuedAt?: Instant;
  established: boolean;
  belief?: Belief;
  /** The other side's call of the same contact. */
  partner?: CallId;
  transfer?: Readonly<{ transferId: string; kind: 'transfer' | 'conference'; from: AgentId; to: AgentId }>;
}>;

export interface LiveCalls {
  call(callId: CallId): LiveCall | undefined;
  /** Calls of one contact that are not over. */
  ofContact(contactId: ContactId): readonly LiveCall[];
  /** Calls in progress to or at each centre, for load balance. */
  load(centreId: CallCentreId): number;
  all(): Iterable<LiveCall>;
  /** Facts for the call record, gathered so far. */
  facts(callId: CallId): Partial<CallFacts> | undefined;
}

export interface AgentDirectory {
  agent(agentId: AgentId): KnownAgent | undefined;
  byDevice(device: DeviceId): KnownAgent | undefined;
  /** Who holds the channel codes of one merchant. */
  channels(merchantId: MerchantId): ReadonlyMap<string, AgentId>;
}

export type KnownAgent = Readonly<{
  agentId: AgentId;
  loginName: string;
  displayName: string;
  centreId: CallCentreId;
  device: DeviceId;
  state: AgentState;
  since: Instant;
  channelCode?: string;
}>;

/** What policies may look at: folds of the log up to and including the event at hand. */
export type PolicyViews = Readonly<{
  aniIndex: AniIndex;
  merchants: MerchantDirectory;
  gateways: GatewayDirectory;
  calls: LiveCalls;
  agents: AgentDirectory;
}>;
