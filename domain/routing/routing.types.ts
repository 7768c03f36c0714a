import type { CallCentreId } from '../kernel/ids.js';
import type { E164 } from '../kernel/phone-number.js';

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
