import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { CallCentreId } from '#domain/kernel/ids.js';
import { callCentreId, linkId } from '#domain/kernel/ids.js';
import { after, instant } from '#domain/kernel/time.js';
import type { CallCentre, LinkRoute, Redirect } from '#domain/merchant/merchant.events.js';
import { unregisteredMerchant, type Merchant } from '#domain/merchant/merchant.state.js';
import { routeCall } from '#domain/routing/destination.js';
import type { Route, RouteInput } from '#domain/routing/routing.types.js';
import { acme, berlin, boston, returns, shoes, sydney } from '../merchant/acme.js';

/** Monday 5 January 2026, 15:00 UTC: 16:00 in Berlin, 10:00 in Boston, 02:00 on Tuesday in Sydney. */
const afternoon = instant(Date.UTC(2026, 0, 5, 15));
const evening = instant(Date.UTC(2026, 0, 5, 18));
const night = instant(Date.UTC(2026, 0, 6, 4));
const hour = 3_600_000;
const paris = { latitude: 48.86, longitude: 2.35 };
const newYork = { latitude: 40.71, longitude: -74.01 };

const route = (change: Partial<LinkRoute> = {}): LinkRoute => ({
  linkId: shoes,
  centres: [berlin.centreId, boston.centreId, sydney.centreId],
  choose: 'first-open',
  ...change,
});

const merchantWith = (
  routes: readonly LinkRoute[],
  redirects: readonly Redirect[] = [],
  centres: readonly CallCentre[] = [berlin, boston, sydney],
): Merchant => ({
  ...unregisteredMerchant,
  registered: true,
  links: new Map([
    [shoes, 'Shoes'],
    [returns, 'Returns'],
  ]),
  centres: new Map(centres.map((centre) => [centre.centreId, centre])),
  policyVersion: 3,
  routes: new Map(routes.map((each) => [each.linkId, each])),
  redirects,
});

const loads = (by: Readonly<Record<CallCentreId, number>>) => (centre: CallCentreId) => by[centre] ?? 0;
const routed = (input: Partial<RouteInput> = {}): Route =>
  routeCall({ merchant: merchantWith([route()]), at: afternoon, linkId: shoes, load: () => 0, ...input });
const where = (result: Route): string =>
  result.outcome === 'routed'
    ? `${result.rule}: ${result.centreId?.split('.')[1] ?? result.number}`
    : `refused: ${result.reason}`;
const words = (result: Route): readonly string[] =>
  result.trace.map(({ considered, outcome, because }) => `${considered} | ${outcome} | ${because}`);

describe('a call to the centres of its link', () => {
  it('goes to the first that is open, and the trace says what was looked at', () => {
    const result = routed({ at: evening, load: loads({ [boston.centreId]: 4 }) });
    expect(result).to.deep.include({
      outcome: 'routed',
      rule: 'first-open',
      number: boston.number,
      centreId: boston.centreId,
      policyVersion: 3,
    });
    expect(words(result)).to.deep.equal([
      "the icon's own number | not-applicable | the icon has none",
      "the merchant's redirects | not-applicable | none is in force",
      'call centre Berlin | passed-over | closed; opens 2026-01-06 09:00 (Europe/Berlin)',
      'call centre Boston | taken | open, 4 of 10 calls (40 %); the first of the route that can take it',
      'call centre Sydney | passed-over | closed; opens 2026-01-06 09:00 (Australia/Sydney)',
    ]);
    expect(result.trace.map(({ centreId }) => centreId).slice(2)).to.deep.equal(
      [berlin, boston, sydney].map((each) => each.centreId),
    );
  });

  it('passes over a centre that is full to its capacity, not one call before', () => {
    expect(where(routed({ load: loads({ [berlin.centreId]: 9 }) }))).to.equal('first-open: berlin');
    const full = routed({ load: loads({ [berlin.centreId]: 10 }) });
    expect(where(full)).to.equal('first-open: boston');
    expect(words(full)).to.include('call centre Berlin | passed-over | full: 10 calls, room for 10');
  });

  it('goes to the nearest to the caller when the link says so', () => {
    const merchant = merchantWith([route({ choose: 'nearest' })]);
    expect(where(routed({ merchant, location: paris }))).to.equal('nearest: berlin');
    const result = routed({ merchant, location: newYork });
    expect(where(result)).to.equal('nearest: boston');
    expect(words(result)).to.include(
      'call centre Boston | taken | open, 0 of 10 calls (0 %), 306 km away; the nearest to the caller',
    );
    expect(words(result)).to.include(
      'call centre Berlin | passed-over | open, 0 of 10 calls (0 %), 6385 km away; another is nearer to the caller',
    );
  });

  it('goes to the nearest that is open, not to a nearer one that is closed', () => {
    const merchant = merchantWith([route({ choose: 'nearest' })]);
    expect(where(routed({ merchant, location: paris, at: evening }))).to.equal('nearest: boston');
  });

  it('goes to the first that is open, and says so, when nobody knows where the caller is', () => {
    const result = routed({ merchant: merchantWith([route({ choose: 'nearest' })]) });
    expect(where(result)).to.equal('first-open: berlin');
    expect(words(result)).to.include(
      'distance from the caller | not-applicable | where the caller is, is not known: the order of the route decides',
    );
  });

  it('goes to the least loaded for its size, and to the earlier of equals', () => {
    const big = { ...boston, capacity: 100 };
    const merchant = merchantWith([route({ choose: 'least-loaded' })], [], [berlin, big, sydney]);
    const load = loads({ [berlin.centreId]: 3, [boston.centreId]: 20 });
    expect(where(routed({ merchant, load }))).to.equal('least-loaded: boston');
    expect(where(routed({ merchant, load: loads({ [berlin.centreId]: 2, [boston.centreId]: 20 }) }))).to.equal(
      'least-loaded: berlin',
    );
    expect(words(routed({ merchant, load }))).to.include(
      'call centre Berlin | passed-over | open, 3 of 10 calls (30 %); another is less loaded, or as little and earlier in the route',
    );
  });

  it('is refused when all are closed, or those that are open are full', () => {
    expect(where(routed({ at: night }))).to.equal('first-open: sydney');
    const merchant = merchantWith([route({ centres: [berlin.centreId, boston.centreId] })]);
    expect(where(routed({ merchant, at: night }))).to.equal('refused: centre-closed');
    const load = loads({ [berlin.centreId]: 10, [boston.centreId]: 11 });
    expect(where(routed({ merchant, load }))).to.equal('refused: centre-full');
    expect(where(routed({ merchant, at: evening, load }))).to.equal('refused: centre-full');
  });

  it('says of a centre without hours that it has no opening ahead', () => {
    const shut: CallCentre = { ...berlin, hours: [[], [], [], [], [], [], []] };
    expect(words(routed({ merchant: merchantWith([route()], [], [shut]), at: night }))).to.include(
      'call centre Berlin | passed-over | closed, with no opening ahead',
    );
  });
});

describe('a call that no centre can take', () => {
  const overflowing = (overflow: LinkRoute['overflow']) =>
    merchantWith([route({ centres: [berlin.centreId], ...(overflow && { overflow }) })]);

  it('goes to the overflow number', () => {
    const result = routed({ merchant: overflowing('+493088888888'), at: night });
    expect(where(result)).to.equal('overflow: +493088888888');
    expect(words(result)).to.include('the overflow number +493088888888 | taken | it is an ordinary one in +49');
    expect(result).to.not.have.property('centreId');
  });

  it("goes to another centre's number for overflow, and says which centre that is", () => {
    expect(where(routed({ merchant: overflowing(sydney.number), at: afternoon, load: () => 10 }))).to.equal(
      'overflow: sydney',
    );
  });

  it('is refused when the overflow number is not allowed', () => {
    const result = routed({ merchant: overflowing('+34912345678'), at: night });
    expect(where(result)).to.equal('refused: destination-not-allowed');
    expect(words(result)).to.include(
      'the overflow number +34912345678 | passed-over | it is in +34; allowed are +49, +1, +61',
    );
  });

  it('goes abroad for overflow when the merchant is allowed to', () => {
    expect(where(routed({ merchant: overflowing('+34912345678'), at: night, countries: ['+34'] }))).to.equal(
      'overflow: +34912345678',
    );
  });

  it('does not overflow while a centre can take it', () => {
    expect(where(routed({ merchant: overflowing('+493088888888') }))).to.equal('first-open: berlin');
  });
});

describe('a call whose icon says where to', () => {
  it('skips the look-up, redirects and unknown links included', () => {
    const redirects = [strike()];
    const result = routed({
      merchant: merchantWith([route()], redirects),
      iconNumber: '+493077777777',
      linkId: linkId(acme, 'nowhere'),
    });
    expect(where(result)).to.equal('icon-number: +493077777777');
    expect(words(result)).to.deep.equal(["the icon's own number +493077777777 | taken | it is an ordinary one in +49"]);
  });

  it('is known to go to a centre when the number is that of one, even when it is closed', () => {
    expect(where(routed({ iconNumber: berlin.number, at: night }))).to.equal('icon-number: berlin');
  });

  it('is refused when the number is not allowed: nothing else is tried', () => {
    const result = routed({ iconNumber: '+449012345678' });
    expect(where(result)).to.equal('refused: destination-not-allowed');
    expect(result.trace).to.have.length(1);
  });
});

function strike(change: Partial<Redirect> = {}): Redirect {
  return {
    redirectId: 'strike',
    to: { centreId: boston.centreId },
    from: afternoon,
    until: after(afternoon, hour),
    reason: 'strike in Berlin',
    ...change,
  };
}

describe('a call while the merchant has redirected its calls', () => {
  const redirected = (redirects: readonly Redirect[], input: Partial<RouteInput> = {}) =>
    routed({ merchant: merchantWith([route()], redirects), ...input });

  it('follows the redirect from its beginning until its end', () => {
    const moments = [-1, 0, hour - 1, hour].map((shift) =>
      where(redirected([strike()], { at: after(afternoon, shift) })),
    );
    expect(moments).to.deep.equal([
      'first-open: berlin',
      'merchant-redirect: boston',
      'merchant-redirect: boston',
      'first-open: boston',
    ]);
  });

  it('says until when and why', () => {
    expect(words(redirected([strike()]))).to.deep.equal([
      "the icon's own number | not-applicable | the icon has none",
      'redirect strike of all calls | taken | in force until 2026-01-05 16:00 UTC: strike in Berlin',
    ]);
  });

  it('follows the one of its link before that of all calls, and the newest of its like', () => {
    const ofLink = strike({ redirectId: 'shoes', linkId: shoes, to: { centreId: sydney.centreId } });
    const newer = strike({ redirectId: 'newer', to: { number: '+493066666666' } });
    const result = redirected([ofLink, strike(), newer]);
    expect(where(result)).to.equal('merchant-redirect: sydney');
    expect(words(result).slice(1)).to.deep.equal([
      'redirect shoes of this link | taken | in force until 2026-01-05 16:00 UTC: strike in Berlin',
      'redirect newer of all calls | passed-over | in force until 2026-01-05 16:00 UTC, but outranked',
      'redirect strike of all calls | passed-over | in force until 2026-01-05 16:00 UTC, but outranked',
    ]);
    expect(where(redirected([strike(), newer]))).to.equal('merchant-redirect: +493066666666');
    expect(where(redirected([newer, strike()]))).to.equal('merchant-redirect: boston');
  });

  it('does not follow that of another link', () => {
    expect(where(redirected([strike({ linkId: returns })]))).to.equal('first-open: berlin');
  });

  it('follows it to a centre that is closed or full: the merchant knows why', () => {
    expect(where(redirected([strike({ to: { centreId: sydney.centreId } })], { load: () => 10 }))).to.equal(
      'merchant-redirect: sydney',
    );
  });

  it('is not led to a number that is not allowed, but goes the next way, and the trace says so', () => {
    const fraud = strike({ redirectId: 'fraud', to: { number: '+882123456789' } });
    const result = redirected([strike(), fraud]);
    expect(where(result)).to.equal('merchant-redirect: boston');
    expect(words(result)).to.include(
      'redirect fraud of all calls | passed-over | in force until 2026-01-05 16:00 UTC: strike in Berlin; +882123456789 belongs to international networks',
    );
    expect(where(redirected([fraud]))).to.equal('first-open: berlin');
    expect(words(redirected([fraud]))[1]).to.equal(words(result)[1]);
    expect(where(routed({ merchant: merchantWith([], [fraud]) }))).to.equal('refused: destination-not-allowed');
  });

  it('is not led to a centre that is not there', () => {
    expect(where(redirected([strike({ to: { centreId: callCentreId(acme, 'gone') } })]))).to.equal(
      'first-open: berlin',
    );
  });
});

describe('a call for which there is no route', () => {
  it('is refused when the merchant has no such link', () => {
    const result = routed({ linkId: linkId(acme, 'nowhere'), merchant: merchantWith([route()], [strike()]) });
    expect(where(result)).to.equal('refused: unknown-link');
    expect(words(result)).to.include('link link-acme.nowhere | passed-over | the merchant has no such link');
  });

  it('is refused when the policy says nothing about the link, or names no centre', () => {
    const result = routed({ linkId: returns });
    expect(where(result)).to.equal('refused: no-route');
    expect(words(result)).to.include('routing policy 3 | not-applicable | it has no route for this call');
    expect(where(routed({ merchant: merchantWith([route({ centres: [] })]) }))).to.equal('refused: no-route');
    expect(where(routeCall({ merchant: merchantWith([]), at: afternoon, load: () => 0 }))).to.equal(
      'refused: no-route',
    );
  });

  it('takes the first route of the policy when the icon names no link', () => {
    const merchant = merchantWith([route({ linkId: returns, centres: [boston.centreId] }), route()]);
    const result = routeCall({ merchant, at: afternoon, load: () => 0 });
    expect(where(result)).to.equal('first-open: boston');
    expect(words(result)).to.include(
      'the link of the icon | not-applicable | the icon has none: the first route of the policy stands for it',
    );
  });
});
