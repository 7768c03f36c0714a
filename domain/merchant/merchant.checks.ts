import type { Location } from '../kernel/geography.js';
import { isScopedId, tenantOf, type CallCentreId, type LinkId, type MerchantStream } from '../kernel/ids.js';
import { isE164 } from '../kernel/phone-number.js';
import type { Instant } from '../kernel/time.js';
import { areHolidays, areWeeklyHours } from './hours.js';
import type { MerchantRejection } from './merchant.commands.js';
import type { CallCentre, LinkRoute, Redirect } from './merchant.events.js';
import type { Merchant } from './merchant.state.js';
import { isZone } from './zone.js';

/** Each says why a piece of configuration cannot be; undefined when it can. */
type Refusal = MerchantRejection | undefined;

const firstOf = (refusals: readonly Refusal[]): Refusal => refusals.find((refusal) => refusal !== undefined);

export const refusalOfId = (owner: MerchantStream, category: 'link' | 'centre', id: string): Refusal =>
  isScopedId(category, id) && tenantOf(id) === tenantOf(owner) ? undefined : 'of-another-merchant';

const isOnEarth = ({ latitude, longitude }: Location): boolean =>
  Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;

const centreRules: readonly (readonly [(centre: CallCentre) => boolean, MerchantRejection])[] = [
  [({ number }) => isE164(number), 'bad-number'],
  [({ location }) => isOnEarth(location), 'bad-location'],
  [({ zone }) => isZone(zone), 'unknown-time-zone'],
  [({ hours }) => areWeeklyHours(hours), 'bad-hours'],
  [({ holidays }) => areHolidays(holidays), 'bad-holiday'],
  [({ capacity }) => Number.isSafeInteger(capacity) && capacity > 0, 'bad-capacity'],
];

export const refusalOfCentre = (owner: MerchantStream, centre: CallCentre): Refusal =>
  refusalOfId(owner, 'centre', centre.centreId) ?? centreRules.find(([holds]) => !holds(centre))?.[1];

const refusalOfLink = (owner: MerchantStream, merchant: Merchant, link: LinkId): Refusal =>
  refusalOfId(owner, 'link', link) ?? (merchant.links.has(link) ? undefined : 'unknown-link');

const refusalOfKnownCentre = (owner: MerchantStream, merchant: Merchant, centre: CallCentreId): Refusal =>
  refusalOfId(owner, 'centre', centre) ?? (merchant.centres.has(centre) ? undefined : 'unknown-call-centre');

const refusalOfNumber = (number: string): Refusal => (isE164(number) ? undefined : 'bad-number');

const refusalOfRoute = (owner: MerchantStream, merchant: Merchant, route: LinkRoute): Refusal =>
  firstOf([
    refusalOfLink(owner, merchant, route.linkId),
    ...route.centres.map((centre) => refusalOfKnownCentre(owner, merchant, centre)),
    route.overflow === undefined ? undefined : refusalOfNumber(route.overflow),
  ]);

export const refusalOfRoutes = (owner: MerchantStream, merchant: Merchant, routes: readonly LinkRoute[]): Refusal => {
  const refusal = firstOf(routes.map((route) => refusalOfRoute(owner, merchant, route)));
  if (refusal) return refusal;
  return new Set(routes.map(({ linkId }) => linkId)).size < routes.length ? 'duplicate-route' : undefined;
};

const refusalOfPeriod = ({ from, until }: Redirect, now: Instant): Refusal => {
  if (!(from < until)) return 'redirect-ends-before-it-begins';
  return until <= now ? 'redirect-is-over' : undefined;
};

export const refusalOfRedirect = (
  owner: MerchantStream,
  merchant: Merchant,
  redirect: Redirect,
  now: Instant,
): Refusal =>
  firstOf([
    redirect.linkId && refusalOfLink(owner, merchant, redirect.linkId),
    'number' in redirect.to
      ? refusalOfNumber(redirect.to.number)
      : refusalOfKnownCentre(owner, merchant, redirect.to.centreId),
    refusalOfPeriod(redirect, now),
  ]);
