import type { DomainEvent } from '../kernel/decider.js';
import type { CallId, ContactId, GatewayId, IconSessionId, LeaseId } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';

/** Something observed that may tell which click a call at the centre belongs to. */
export type Evidence = Readonly<{
  kind: 'ani' | 'pilot-number' | 'pseudo-ani' | 'trunk' | 'dnis' | 'session-id' | 'channel-digits';
  value: string;
  /** By the observer's clock. */
  at: Instant;
}>;

export type Verdict = 'certain' | 'probable' | 'ambiguous' | 'none';

/** Strongest first. */
export type CorrelationRule =
  | 'signalled-session-id'
  | 'channel-digits'
  | 'live-lease-of-ani'
  | 'pseudo-ani'
  | 'quarantined-lease-of-ani'
  | 'most-recent-call-of-gateway'
  | 'no-rule';

/** A click that the call might be. */
export type Candidate = Readonly<{
  callId: CallId;
  contactId: ContactId;
  sessionId: IconSessionId;
  leaseId?: LeaseId;
  gatewayId?: GatewayId;
  port?: number;
  /** Why it is one, or why it was not taken, in one sentence. */
  why: string;
}>;

export type CorrelationDecision = Readonly<{
  verdict: Verdict;
  rule: CorrelationRule;
  /**
   * One for `certain` and `probable`. For `ambiguous` all that it may be, of which one alone means that another call claims
   * it as well. For `none` those that were turned down.
   */
  candidates: readonly Candidate[];
  evidence: readonly Evidence[];
}>;

export type CorrelationEvent =
  | DomainEvent<'CorrelationDecided', CorrelationDecision & { contactId: ContactId }>
  | DomainEvent<'CorrelationSuperseded', { previous: Verdict; previousContactId: ContactId; by: CorrelationRule }>;
