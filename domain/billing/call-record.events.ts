import type { CallCause } from '../call/call.events.js';
import type { Command, DomainEvent } from '../kernel/decider.js';
import type { CallCentreId, CallId, CallRecordId, ContactId, GatewayId, LinkId } from '../kernel/ids.js';
import type { E164 } from '../kernel/phone-number.js';
import type { Instant, Milliseconds } from '../kernel/time.js';

/** The facts that a call is charged, and its referring page credited, by (S1 [47]). */
export type CallFacts = Readonly<{
  callId: CallId;
  contactId: ContactId;
  linkId?: LinkId;
  /** Origin of the web server that is credited with the call, and the page of the click. */
  referrer: Readonly<{ origin: string; page: string }>;
  destination?: Readonly<{ number: E164; centreId?: CallCentreId }>;
  gatewayId?: GatewayId;
  port?: number;
  requestedAt: Instant;
  answeredAt?: Instant;
  endedAt: Instant;
  /** From answer to end; 0 when never answered. */
  talk: Milliseconds;
  cause: CallCause;
}>;

export type CallRecordEvent = DomainEvent<'CallRecordIssued', CallFacts>;
export type CallRecordCommand = Command<'IssueCallRecord', CallRecordId, CallFacts>;
