import type { Command, DomainEvent } from '../kernel/decider.js';
import type { AccessLogId } from '../kernel/ids.js';

export type AccessRefusal =
  | 'forged-token'
  | 'expired-token'
  | 'foreign-origin'
  | 'unknown-link'
  | 'unknown-merchant'
  | 'another-merchants-call'
  | 'wrong-credentials'
  | 'no-token'
  | 'stale-token'
  | 'not-allowed';

/** What was refused at the edge. `what` says what was tried, never the secret that was tried with. */
export type AccessEvent =
  | DomainEvent<'AccessRefused', { why: AccessRefusal; what: string; from: string }>
  | DomainEvent<'RateLimited', { what: string; from: string }>
  | DomainEvent<'SignedIn', { who: string; sessionId: string }>
  | DomainEvent<'SignedOut', { who: string; sessionId: string }>;

type To<Type extends string, Data> = Command<Type, AccessLogId, Data>;

export type AccessCommand =
  | To<'ReportAccessRefused', { why: AccessRefusal; what: string; from: string }>
  | To<'ReportRateLimited', { what: string; from: string }>
  | To<'ReportSignedIn', { who: string; sessionId: string }>
  | To<'ReportSignedOut', { who: string; sessionId: string }>;
