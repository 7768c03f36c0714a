import type { Location } from '../kernel/geography.js';
import type { CallCentreId, LinkId } from '../kernel/ids.js';
import type { E164 } from '../kernel/phone-number.js';
import type { Instant } from '../kernel/time.js';
import type { Merchant } from '../merchant/merchant.state.js';

/** Which rule settled where a call goes (S1 [66-67]). */
export type RoutingRule = 'icon-number' | 'merchant-redirect' | 'first-open' | 'nearest' | 'least-loaded' | 'overflow';

/** One step on the way to a decision, in words an analyst reads: what was looked at and what came of it. */
export type RouteStep = Readonly<{
  considered: string;
  centreId?: CallCentreId;
  outcome: 'taken' | 'passed-over' | 'not-applicable';
  because: string;
}>;

export type RouteRefusal = 'unknown-link' | 'no-route' | 'centre-closed' | 'centre-full' | 'destination-not-allowed';

export type Route =
  | Readonly<{
      outcome: 'routed';
      number: E164;
      centreId?: CallCentreId;
      rule: RoutingRule;
      policyVersion: number;
      trace: readonly RouteStep[];
    }>
  | Readonly<{ outcome: 'refused'; reason: RouteRefusal; policyVersion: number; trace: readonly RouteStep[] }>;

/** All that decides where a call goes. */
export type RouteInput = Readonly<{
  merchant: Merchant;
  at: Instant;
  /** Without a link the call takes the first route of the policy. */
  linkId?: LinkId;
  /** The number that stood in the icon, from a signed token: no look-up then. */
  iconNumber?: E164;
  /** Where the caller is, as far as known. */
  location?: Location;
  /** Calls in progress at a centre or on their way to it. */
  load: (centreId: CallCentreId) => number;
  /** Countries (`+49`, `+1876`) that numbers other than those of the merchant's own centres may be in; those of its centres. */
  countries?: readonly string[];
}>;
