import type { CallCentreId } from '../kernel/ids.js';
import type { E164 } from '../kernel/phone-number.js';
import type { CallCentre } from '../merchant/merchant.events.js';
import { countriesOf, judgeDestination, type Judgement } from './destination-policy.js';
import type { RouteInput, RouteRefusal, RouteStep, RoutingRule } from './routing.types.js';

export type RouteEnd =
  | Readonly<{ outcome: 'routed'; number: E164; centreId?: CallCentreId; rule: RoutingRule }>
  | Readonly<{ outcome: 'refused'; reason: RouteRefusal }>;

/**
 * One rule's word on a call: what it looked at, and the end if it settled where the call goes. If it did not, and nobody
 * after it does, the call is refused for what it found in the way.
 */
export type RouteStage = Readonly<{ steps: readonly RouteStep[]; end?: RouteEnd; inTheWay?: RouteRefusal }>;

export const notApplicable = (considered: string, because: string): RouteStage => ({
  steps: [{ considered, outcome: 'not-applicable', because }],
});

export const toCentre = ({ number, centreId }: CallCentre, rule: RoutingRule): RouteEnd => ({
  outcome: 'routed',
  number,
  centreId,
  rule,
});

/** Every number that is not chosen as a centre is judged before it is dialled; one that is a centre's leads to that centre. */
export const judge = ({ merchant, countries }: RouteInput, number: E164): Judgement => {
  const centres = [...merchant.centres.values()];
  return judgeDestination(number, { centres, countries: countries ?? countriesOf(centres) });
};

export const toNumber = ({ merchant }: RouteInput, number: E164, rule: RoutingRule): RouteEnd => {
  const own = [...merchant.centres.values()].find((centre) => centre.number === number);
  return own ? toCentre(own, rule) : { outcome: 'routed', number, rule };
};
