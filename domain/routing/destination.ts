import type { E164 } from '../kernel/phone-number.js';
import type { LinkRoute } from '../merchant/merchant.events.js';
import { byCentres } from './centre-choice.js';
import { byRedirect } from './redirect.js';
import { judge, notApplicable, toNumber, type RouteStage } from './route-stage.js';
import type { Route, RouteInput, RouteRefusal, RouteStep, RoutingRule } from './routing.types.js';

const byFixedNumber = (input: RouteInput, considered: string, number: E164, rule: RoutingRule): RouteStage => {
  const { allowed, because } = judge(input, number);
  const step = { considered: `${considered} ${number}`, because: `it ${because}` };
  return allowed
    ? { steps: [{ ...step, outcome: 'taken' }], end: toNumber(input, number, rule) }
    : { steps: [{ ...step, outcome: 'passed-over' }], end: { outcome: 'refused', reason: 'destination-not-allowed' } };
};

const byIcon = (input: RouteInput): RouteStage =>
  input.iconNumber === undefined
    ? notApplicable("the icon's own number", 'the icon has none')
    : byFixedNumber(input, "the icon's own number", input.iconNumber, 'icon-number');

const byLink = ({ merchant, linkId }: RouteInput): RouteStage => {
  if (linkId === undefined) {
    return notApplicable('the link of the icon', 'the icon has none: the first route of the policy stands for it');
  }
  if (merchant.links.has(linkId)) return { steps: [] };
  return {
    steps: [{ considered: `link ${linkId}`, outcome: 'passed-over', because: 'the merchant has no such link' }],
    end: { outcome: 'refused', reason: 'unknown-link' },
  };
};

const routeOf = ({ merchant, linkId }: RouteInput): LinkRoute | undefined =>
  linkId === undefined ? [...merchant.routes.values()][0] : merchant.routes.get(linkId);

const byRoute = (input: RouteInput): RouteStage => {
  const route = routeOf(input);
  if (route) return byCentres(input, route);
  return notApplicable(`routing policy ${input.merchant.policyVersion}`, 'it has no route for this call');
};

const byOverflow = (input: RouteInput): RouteStage => {
  const overflow = routeOf(input)?.overflow;
  if (overflow !== undefined) return byFixedNumber(input, 'the overflow number', overflow, 'overflow');
  return notApplicable('the overflow number', 'the route has none');
};

/** In the order in which they are asked; the first that settles it is the last that is asked. */
const stages: readonly ((input: RouteInput) => RouteStage)[] = [byIcon, byLink, byRedirect, byRoute, byOverflow];

/**
 * Where a call goes, by which rule, and every step on the way to that in words (S1 [66-67]). Numbers other than those of the
 * merchant's own centres are dialled only where the destination policy plainly allows it.
 */
export const routeCall = (input: RouteInput): Route => {
  const { policyVersion } = input.merchant;
  const trace: RouteStep[] = [];
  let inTheWay: RouteRefusal = 'no-route';
  for (const stage of stages) {
    const asked = stage(input);
    trace.push(...asked.steps);
    if (asked.end) return { ...asked.end, policyVersion, trace };
    inTheWay = asked.inTheWay ?? inTheWay;
  }
  return { outcome: 'refused', reason: inTheWay, policyVersion, trace };
};
