import type { CallFacts } from '../billing/call-record.events.js';
import type { CallCause } from '../call/call.events.js';
import type { AgentId, CallCentreId, CallId, ContactId, GatewayId, LinkId, MerchantId } from '../kernel/ids.js';
import type { E164 } from '../kernel/phone-number.js';
import type { Instant, Milliseconds } from '../kernel/time.js';

/** A call detail record: whom the call is charged to, which web server is credited with it, and what came of it. */
export type CallRecord = CallFacts &
  Readonly<{
    recordId: string;
    merchantId: MerchantId;
    /** Agents who answered, in the order in which it rang at them. */
    agents: readonly AgentId[];
    /** What the agents said of it last. */
    disposition?: string;
  }>;

/** The facts of a record as they are kept for queries; the page of the click, which is personal, stays in the log. */
export type CallRecordRow = Readonly<{
  recordId: string;
  merchantId: MerchantId;
  /** Of the event that issued it. */
  position: number;
  callId: CallId;
  contactId: ContactId;
  linkId?: LinkId;
  origin: string;
  number?: E164;
  centreId?: CallCentreId;
  gatewayId?: GatewayId;
  port?: number;
  requestedAt: Instant;
  answeredAt?: Instant;
  endedAt: Instant;
  talk: Milliseconds;
  cause: CallCause;
}>;

/** One agent's part in a contact, as it is kept for queries. */
export type ContactAgentRow = Readonly<{
  /** `<contact id>/<agent id>` */
  partId: string;
  merchantId: MerchantId;
  contactId: ContactId;
  agentId: AgentId;
  /** Position of the event with which it began. */
  since: number;
  answeredAt?: Instant;
  disposition?: string;
  /** Position of the event that said it last. */
  dispositionSaid?: number;
}>;

/** A record as it is found: with the parts that agents had in its contact, in the order in which it rang at them. */
export type FoundCallRecord = Readonly<{ row: CallRecordRow; parts: readonly ContactAgentRow[] }>;
