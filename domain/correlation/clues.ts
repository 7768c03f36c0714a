import type { CallId, ContactId, GatewayId, IconSessionId } from '../kernel/ids.js';
import { comparable, phoneNumber } from '../kernel/phone-number.js';
import type { Instant, Milliseconds } from '../kernel/time.js';
import type { IndexedLease } from '../policies/views.js';
import type { CorrelationDecision, CorrelationRule, Evidence } from './correlation.events.js';

export type Timing = Readonly<{
  /** From leaving a gateway to being told of at the call centre, at the longest. */
  maxTransit: Milliseconds;
  /** How far the clock of a switch and ours may be apart, either way. */
  clockUncertainty: Milliseconds;
}>;

/** Holds for networks that set up a call within 10 s, and clocks that are kept by NTP. */
export const usualTiming: Timing = { maxTransit: 10_000, clockUncertainty: 500 };

/**
 * The shortest guard interval with which two calls of one port can always be told apart. The uncertainty counts twice: a
 * switch's clock may be ahead when the one call arrives and behind when the next does.
 */
export const quarantineNeeded = ({ maxTransit, clockUncertainty }: Timing): Milliseconds =>
  maxTransit + 2 * clockUncertainty + 1;

/** Another call at a centre that has been tied to the same click, and by what; unknown once that call is over. */
export type Rival = Readonly<{ callId: CallId; rule?: CorrelationRule }>;

/** A click that a piece of evidence leads to. */
export type Click = Readonly<{
  callId: CallId;
  contactId: ContactId;
  sessionId: IconSessionId;
  clickedAt?: Instant;
  /** Whether its session goes on. */
  open: boolean;
  /** The number its call was dialled to, as it was dialled. */
  dialled?: string;
  /** Its port, where it went through a gateway. */
  lease?: IndexedLease;
  /** The port has had a later lease. */
  leasedAgain: boolean;
  rival?: Rival;
}>;

/** Evidence that leads to clicks by itself; strongest first. */
export const clueKinds = ['session-id', 'channel-digits', 'ani', 'pseudo-ani', 'pilot-number'] as const;
export type ClueKind = (typeof clueKinds)[number];

/**
 * `clicks`: all that it leads to, also those that will be turned down; none: it leads nowhere. `gatewayId`: whose pilot
 * number it is.
 */
export type Clue =
  | Readonly<{ kind: Exclude<ClueKind, 'pilot-number'>; clicks: readonly Click[] }>
  | Readonly<{ kind: 'pilot-number'; clicks: readonly Click[]; gatewayId: GatewayId }>;

/** A call that has arrived at a centre, and all that may tell which click it is. */
export type CorrelationInput = Readonly<{
  /** By the clock of the switch. */
  arrivedAt: Instant;
  /** By ours, when we were told. */
  takenAt: Instant;
  /** Everything observed; number called and trunk are looked for here. */
  evidence: readonly Evidence[];
  clues: readonly Clue[];
  /** Trunk groups on which the centre expects calls of gateways; none: any. */
  centreTrunks: readonly string[];
  /** What has been decided of this call before. */
  previous?: CorrelationDecision;
  timing: Timing;
}>;

const strongestFirst: readonly CorrelationRule[] = [
  'signalled-session-id',
  'channel-digits',
  'live-lease-of-ani',
  'pseudo-ani',
  'quarantined-lease-of-ani',
  'most-recent-call-of-gateway',
  'no-rule',
];

/** Live and resting leases weigh the same: each is the only meaning of a number at its time. */
const weight = (rule: CorrelationRule): number =>
  strongestFirst.indexOf(rule === 'quarantined-lease-of-ani' ? 'live-lease-of-ani' : rule);

export const isStronger = (a: CorrelationRule, b: CorrelationRule): boolean => weight(a) < weight(b);

/** Numbers are the same when they mean the same, however they are written. */
export const sameNumber = (a: string, b: string): boolean => comparable(phoneNumber(a)) === comparable(phoneNumber(b));

export const observed = ({ evidence }: CorrelationInput, kind: Evidence['kind']): string | undefined =>
  evidence.find((each) => each.kind === kind)?.value;
