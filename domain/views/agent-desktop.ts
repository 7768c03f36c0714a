import type { AgentRole, NotReadyReason, PendingState } from '../agent/agent.events.js';
import type { CorrelationRule, Verdict } from '../correlation/correlation.events.js';
import type { AgentId, CallCentreId, CallId, ContactId, DeviceId, PopId } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { IdentificationSource, NamedValues, Page } from '../icon-session/icon-session.events.js';

export type AgentState = 'logged-off' | 'not-ready' | 'ready' | 'reserved' | 'busy' | 'working-after-call';

/** A button of the desktop and whether it may be pressed now; the server decides. */
export type DesktopAction =
  | 'log-on'
  | 'log-off'
  | 'ready'
  | 'not-ready'
  | 'answer'
  | 'hold'
  | 'retrieve'
  | 'clear'
  | 'key-digits'
  | 'transfer'
  | 'conference'
  | 'take-notes'
  | 'record-disposition'
  | 'send-message';

/** Connection state of the agent's own device in the call (CSTA). */
export type DesktopCallState = 'alerting' | 'connected' | 'held' | 'cleared';

export type PushedPage = Readonly<{
  pushId: string;
  url: string;
  label: string;
  by: string;
  at: Instant;
  state: 'sent' | 'shown' | 'blocked';
  why?: string;
}>;

export type ChannelMessage = Readonly<{ messageId: string; from: 'agent' | 'customer'; text: string; at: Instant }>;

/** One change of attached data, with its author. */
export type AttachedDatum = Readonly<{ key: string; value: string; by: string; at: Instant }>;

/** All that the agent sees of one contact. */
export type DesktopContact = Readonly<{
  contactId: ContactId;
  callId: CallId;
  /** From the offer on; between the ring and it, nothing. */
  popId?: PopId;
  pop: 'offered' | 'opened' | 'retracted';
  merchantName: string;
  call: Readonly<{ state: DesktopCallState; since: Instant; hop: number; parties: number }>;
  /** Numbers as they arrived. */
  ani: string;
  dnis: string;
  callerName?: string;
  belief: Readonly<{
    verdict: Verdict;
    rule: CorrelationRule;
    sentence: string;
    gateway?: string;
    port?: number;
    leaseId?: string;
  }>;
  customer?: Readonly<{ ref: string; by: IdentificationSource }>;
  icon?: Readonly<{ label: string; origin: string }>;
  destination?: Readonly<{ rule: string; because: string }>;
  pageNow?: Page;
  /** Newest first, the present one left out. */
  pagesBefore: readonly Page[];
  /** Form name → fields so far. */
  forms: Readonly<Record<string, NamedValues>>;
  cookies: NamedValues;
  data: readonly AttachedDatum[];
  pushes: readonly PushedPage[];
  /** Whether the customer's browser is in this agent's channel. */
  inChannel: boolean;
  messages: readonly ChannelMessage[];
  customerWindow: 'open' | 'closed';
  lastDtmf?: Readonly<{ code: string; outcome: 'recognised' | 'refused'; note: string; at: Instant }>;
  transfer?: Readonly<{
    kind: 'transfer' | 'conference';
    to: AgentId;
    toName: string;
    state: 'ringing' | 'failed';
    reason?: string;
  }>;
  notes: string;
}>;

/** A colleague, as a pick list shows them. */
export type Colleague = Readonly<{ agentId: AgentId; displayName: string; state: AgentState }>;

export type DtmfHint = Readonly<{ code: string; label: string; kind: string }>;

/** What of an agent's screen seldom changes. */
export type DeskProfile = Readonly<{
  agentId: AgentId;
  displayName: string;
  merchantName: string;
  centreId: CallCentreId;
  centreName: string;
  roles: readonly AgentRole[];
  device: DeviceId;
  /** Codes that may be keyed, with what they do. */
  dtmf: readonly DtmfHint[];
}>;

/** The queue behind the agent, at a glance. */
export type QueueGlance = Readonly<{ waiting: number; oldestSince?: Instant; readyAgents: number }>;

/** The rest of the screen of one agent: a fold of the log, nothing of it made in the browser. */
export type AgentDesktop = Readonly<{
  agentId: AgentId;
  state: AgentState;
  /** Since when the state holds. */
  since: Instant;
  notReadyReason?: NotReadyReason;
  pending?: PendingState;
  channelCode?: string;
  /** The contact that alerts, is talked to, or is wrapped up. */
  contact?: DesktopContact;
  actions: Readonly<Record<DesktopAction, boolean>>;
}>;
