import type { Instant } from '../kernel/time.js';
import type { Redirect } from '../merchant/merchant.events.js';
import { localTimeOf } from '../merchant/zone.js';
import { judge, notApplicable, toCentre, toNumber, type RouteEnd, type RouteStage } from './route-stage.js';
import type { RouteInput, RouteStep } from './routing.types.js';

const inForce = (redirect: Redirect, { linkId, at }: RouteInput): boolean =>
  redirect.from <= at && at < redirect.until && (redirect.linkId === undefined || redirect.linkId === linkId);

/** Those of the link before those of all calls; among each, the newest first. */
const ranked = (redirects: readonly Redirect[]): readonly Redirect[] => {
  const newestFirst = redirects.toReversed();
  return [...newestFirst.filter(({ linkId }) => linkId), ...newestFirst.filter(({ linkId }) => !linkId)];
};

const nameOf = ({ redirectId, linkId }: Redirect): string =>
  `redirect ${redirectId} of ${linkId ? 'this link' : 'all calls'}`;
const termOf = (until: Instant): string => `in force until ${localTimeOf('UTC', until)} UTC`;

type Followed = Readonly<{ step: RouteStep; end?: RouteEnd }>;

const follow = (redirect: Redirect, input: RouteInput): Followed => {
  const considered = nameOf(redirect);
  const reason = `${termOf(redirect.until)}: ${redirect.reason}`;
  if ('number' in redirect.to) {
    const { number } = redirect.to;
    const { allowed, because } = judge(input, number);
    const judged = `${reason}; ${number} ${because}`;
    return allowed
      ? { step: { considered, outcome: 'taken', because: judged }, end: toNumber(input, number, 'merchant-redirect') }
      : { step: { considered, outcome: 'passed-over', because: judged } };
  }
  const { centreId } = redirect.to;
  const centre = input.merchant.centres.get(centreId);
  return centre
    ? { step: { considered, centreId, outcome: 'taken', because: reason }, end: toCentre(centre, 'merchant-redirect') }
    : { step: { considered, centreId, outcome: 'passed-over', because: 'the merchant has no such centre' } };
};

/** The merchant's word for the time being: it outranks hours and capacity, but not the safety of destinations. */
export const byRedirect = (input: RouteInput): RouteStage => {
  const standing = ranked(input.merchant.redirects.filter((redirect) => inForce(redirect, input)));
  if (standing.length === 0) return notApplicable("the merchant's redirects", 'none is in force');
  const followed = standing.map((redirect) => ({ redirect, ...follow(redirect, input) }));
  const first = followed.findIndex(({ end }) => end !== undefined);
  const steps = followed.map(({ redirect, step }, index): RouteStep =>
    first >= 0 && index > first
      ? { considered: nameOf(redirect), outcome: 'passed-over', because: `${termOf(redirect.until)}, but outranked` }
      : step,
  );
  const end = followed[first]?.end;
  return end ? { steps, end } : { steps, inTheWay: 'destination-not-allowed' };
};
