import type { DomainEvent } from '../kernel/decider.js';
import type { Location } from '../kernel/geography.js';
import type { CallCentreId, LinkId } from '../kernel/ids.js';
import type { E164 } from '../kernel/phone-number.js';
import type { Instant } from '../kernel/time.js';

/** Minutes since local midnight. `to` ≤ `from` spans midnight; `to` 1440 is midnight at the day's end. */
export type OpeningSpan = Readonly<{ from: number; to: number }>;
/** Indexed by ISO weekday: `hours[0]` is Monday. No spans: closed all day. */
export type WeeklyHours = readonly [
  readonly OpeningSpan[],
  readonly OpeningSpan[],
  readonly OpeningSpan[],
  readonly OpeningSpan[],
  readonly OpeningSpan[],
  readonly OpeningSpan[],
  readonly OpeningSpan[],
];
/** A local date `YYYY-MM-DD` whose spans replace the weekly ones; none: closed. */
export type Holiday = Readonly<{ date: string; label: string; hours: readonly OpeningSpan[] }>;

export type CallCentre = Readonly<{
  centreId: CallCentreId;
  name: string;
  /** What gateways dial, and what arrives as DNIS. */
  number: E164;
  location: Location;
  /** IANA time zone, for example `America/Aruba`. */
  zone: string;
  hours: WeeklyHours;
  holidays: readonly Holiday[];
  /** Calls it takes at once, queued ones included. */
  capacity: number;
  /** Trunk groups on which calls of our gateways arrive; empty: any. */
  trunks: readonly string[];
}>;

/** How a link chooses among the centres that are open and have room. */
export type CentreChoice = 'first-open' | 'nearest' | 'least-loaded';

export type LinkRoute = Readonly<{
  linkId: LinkId;
  centres: readonly CallCentreId[];
  choose: CentreChoice;
  /** Where the call goes when no centre can take it. */
  overflow?: E164;
}>;

export type RedirectTarget = Readonly<{ centreId: CallCentreId }> | Readonly<{ number: E164 }>;

export type Redirect = Readonly<{
  redirectId: string;
  /** Without a link: all of the merchant's calls. */
  linkId?: LinkId;
  to: RedirectTarget;
  from: Instant;
  until: Instant;
  reason: string;
}>;

/** What a code keyed by the agent does. Pages are paths under the merchant's verified origins, never whole addresses. */
export type DtmfAction =
  | Readonly<{ kind: 'page'; origin: string; path: string }>
  | Readonly<{ kind: 'media'; setting: 'volume'; changePercent: number }>
  | Readonly<{ kind: 'media'; setting: 'echo-cancellation'; on: boolean }>
  | Readonly<{ kind: 'hand-to-merchant'; origin: string; path: string }>;

/** `code`: 2 to 8 of `0-9 * #`, beginning with `*` or `#` so that it never collides with a channel code. */
export type DtmfEntry = Readonly<{ code: string; label: string; action: DtmfAction }>;

/** Names of cookies and form fields that the merchant lets the icon pass on. */
export type CapturePolicy = Readonly<{ cookies: readonly string[]; formFields: readonly string[] }>;

export type MerchantEvent =
  | DomainEvent<'MerchantRegistered', { name: string }>
  | DomainEvent<'OriginVerified', { origin: string }>
  | DomainEvent<'LinkDefined', { linkId: LinkId; label: string }>
  | DomainEvent<'CallCentreDefined', CallCentre>
  | DomainEvent<'RoutingPolicyPublished', { version: number; routes: readonly LinkRoute[] }>
  | DomainEvent<'RedirectSet', Redirect>
  | DomainEvent<'RedirectCleared', { redirectId: string }>
  | DomainEvent<'DtmfTablePublished', { version: number; entries: readonly DtmfEntry[] }>
  | DomainEvent<'CapturePolicySet', CapturePolicy>
  | DomainEvent<'ApiKeyIssued', { keyId: string; label: string; sha256: string }>
  | DomainEvent<'ApiKeyRevoked', { keyId: string }>;
