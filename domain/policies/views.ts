import type { AgentRole } from '../agent/agent.events.js';
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
import type { PhoneNumber } from '../kernel/phone-number.js';
import type { Instant } from '../kernel/time.js';
import type { CallCentre } from '../merchant/merchant.events.js';
import type { Merchant } from '../merchant/merchant.state.js';
import type { CallFacts } from '../billing/call-record.events.js';
import type { CorrelationDecision } from '../correlation/correlation.events.js';

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
    /** The clock was stepped in its time: when it began and ended does not tell what it can mean. */
    timeInDoubt?: true;
  }>;

/** Line number → leases. */
export interface AniIndex {
  /** Leases of that merchant on a port with this number, live or resting, newest first. */
  byAni(merchantId: MerchantId, ani: string): readonly IndexedLease[];
  /** Live leases of that merchant on the gateway whose pilot number this is, newest first. */
  byPilotNumber(merchantId: MerchantId, number: string): readonly IndexedLease[];
  /** The session that a pure internet call announced by these digits. */
  /** Open sessions; more than one when their digits happen to be the same. */
  byPseudoAni(merchantId: MerchantId, digits: string): readonly IndexedSession[];
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
  /** The page shown now, and the address of the one the icon was clicked on. */
  page: Page;
  clickedPage: string;
  clickedAt: Instant;
  open: boolean;
  customer?: Readonly<{ ref: string; by: IdentificationSource }>;
}>;

export interface MerchantDirectory {
  merchant(merchantId: MerchantId): Merchant | undefined;
  /** The merchant's centre with that number. */
  centre(centreId: CallCentreId): CallCentre | undefined;
}

export interface GatewayDirectory {
  gateways(): readonly (Gateway & Readonly<{ gatewayId: GatewayId; free: number }>)[];
}

export type AgentConnection = Readonly<{
  agentId: AgentId;
  device: DeviceId;
  state: 'reserved' | 'alerting' | 'connected' | 'held';
  hop: number;
}>;

/** A call as policies need to know it. */
export type LiveCall = Readonly<{
  callId: CallId;
  side: 'gateway' | 'centre';
  contactId: ContactId;
  startedAt: Instant;
  established: boolean;
  /** Its end has been asked for. */
  clearing: boolean;
  /** Through a gateway: the click it comes from, where it goes, the gateways that were tried. */
  sessionId?: IconSessionId;
  destination?: Readonly<{ number: string; centreId?: CallCentreId }>;
  tried: readonly GatewayId[];
  /** At a centre. */
  centreId?: CallCentreId;
  arrival?: Readonly<{ ani: PhoneNumber; dnis: PhoneNumber; trunkGroup?: string; callerName?: string; uui?: string }>;
  queuedAt?: Instant;
  agents: readonly AgentConnection[];
  correlation?: CorrelationDecision;
  transfer?: Readonly<{ transferId: string; kind: 'transfer' | 'conference'; from: AgentId; to: AgentId }>;
  /** The call on the other side of the gateway, once correlation has tied them. */
  partner?: CallId;
}>;

export interface LiveCalls {
  call(callId: CallId): LiveCall | undefined;
  /** Calls of one contact that are not over. */
  ofContact(contactId: ContactId): readonly LiveCall[];
  /** Calls at centres that this agent has a part in. */
  ofAgent(agentId: AgentId): readonly LiveCall[];
  /** Calls in progress to or at each centre, for load balance. */
  load(centreId: CallCentreId): number;
  all(): Iterable<LiveCall>;
  /** Facts for the call record, gathered so far. */
  facts(callId: CallId): Partial<CallFacts> | undefined;
}

export interface AgentDirectory {
  agent(agentId: AgentId): KnownAgent | undefined;
  byDevice(device: DeviceId): KnownAgent | undefined;
  /** Agents who are reserved for that call and whose phones may not ring yet. */
  reservedFor(callId: CallId): readonly AgentId[];
  /** Who holds the channel codes of one merchant. */
  channels(merchantId: MerchantId): ReadonlyMap<string, AgentId>;
}

export type KnownAgent = Readonly<{
  agentId: AgentId;
  loginName: string;
  displayName: string;
  centreId: CallCentreId;
  device: DeviceId;
  roles: readonly AgentRole[];
  state: AgentState;
  since: Instant;
  channelCode?: string;
}>;

/** The screen pop of one agent for one call, while it is on the screen. */
export type CurrentPop = Readonly<{ popId: PopId; opened: boolean }>;

export interface PopDirectory {
  current(callId: CallId, agentId: AgentId): CurrentPop | undefined;
}

/** What policies may look at: folds of the log up to and including the event at hand. */
export type PolicyViews = Readonly<{
  aniIndex: AniIndex;
  merchants: MerchantDirectory;
  gateways: GatewayDirectory;
  calls: LiveCalls;
  agents: AgentDirectory;
  pops: PopDirectory;
}>;
