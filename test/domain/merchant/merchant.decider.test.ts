import { describe, it } from 'mocha';
import { callCentreId, linkId } from '#domain/kernel/ids.js';
import { after, instant } from '#domain/kernel/time.js';
import type { MerchantCommand, MerchantRejection } from '#domain/merchant/merchant.commands.js';
import { merchantDecider } from '#domain/merchant/merchant.decider.js';
import type { CallCentre, LinkRoute, MerchantEvent, Redirect, WeeklyHours } from '#domain/merchant/merchant.events.js';
import { scenarioFor } from '#test/support/scenario.js';
import { expectStatesKept } from '../support/history.js';
import { acmeStream, berlin, boston, daily, hour, nineToFive, returns, rival, shoes } from './acme.js';

const given = scenarioFor(merchantDecider);
const now = instant(Date.UTC(2026, 0, 5, 9));
const day = 24 * 3_600_000;

type Said<Command> = Command extends MerchantCommand ? Pick<Command, 'type' | 'data'> : never;
const say = (said: Said<MerchantCommand>): MerchantCommand => ({ ...said, target: acmeStream, at: now });

const registered: MerchantEvent = { type: 'MerchantRegistered', data: { name: 'Acme Shoes' } };
const shop: MerchantEvent = { type: 'OriginVerified', data: { origin: 'https://shop.example' } };
const withShoes: MerchantEvent = { type: 'LinkDefined', data: { linkId: shoes, label: 'Shoes' } };
const withBerlin: MerchantEvent = { type: 'CallCentreDefined', data: berlin };

describe('a merchant who is not registered', () => {
  it('is registered once, and may change its name', () => {
    given()
      .when(say({ type: 'RegisterMerchant', data: { name: '' } }))
      .thenHappened({ type: 'MerchantRegistered', data: { name: '' } });
    given(registered)
      .when(say({ type: 'RegisterMerchant', data: registered.data }))
      .thenNothing();
    const renamed = { type: 'MerchantRegistered', data: { name: 'Acme Boots' } } as const;
    given(registered)
      .when(say({ type: 'RegisterMerchant', data: renamed.data }))
      .thenHappened(renamed);
  });

  it('configures nothing', () => {
    given()
      .when(say({ type: 'DefineLink', data: { linkId: shoes, label: 'Shoes' } }))
      .thenRejected('merchant-not-registered');
  });
});

describe('an origin of a merchant', () => {
  it('is verified once', () => {
    given(registered)
      .when(say({ type: 'VerifyOrigin', data: shop.data }))
      .thenHappened(shop);
    given(registered, shop)
      .when(say({ type: 'VerifyOrigin', data: shop.data }))
      .thenNothing();
  });

  it('is refused when it is none', () => {
    given(registered)
      .when(say({ type: 'VerifyOrigin', data: { origin: 'http://shop.example' } }))
      .thenRejected('not-an-origin');
  });
});

describe('a link of a merchant', () => {
  it('is defined once, and may change its label', () => {
    given(registered)
      .when(say({ type: 'DefineLink', data: withShoes.data }))
      .thenHappened(withShoes);
    given(registered, withShoes)
      .when(say({ type: 'DefineLink', data: withShoes.data }))
      .thenNothing();
    const boots = { type: 'LinkDefined', data: { linkId: shoes, label: 'Boots' } } as const;
    given(registered, withShoes)
      .when(say({ type: 'DefineLink', data: boots.data }))
      .thenHappened(boots);
  });

  it("is not defined under another merchant's name", () => {
    given(registered)
      .when(say({ type: 'DefineLink', data: { linkId: linkId(rival, 'shoes'), label: 'Shoes' } }))
      .thenRejected('of-another-merchant');
  });
});

describe('a call centre of a merchant', () => {
  it('is defined once, whatever order its fields come in, and may change', () => {
    given(registered)
      .when(say({ type: 'DefineCallCentre', data: berlin }))
      .thenHappened(withBerlin);
    const reordered = Object.fromEntries(Object.entries(berlin).reverse()) as CallCentre;
    given(registered, withBerlin)
      .when(say({ type: 'DefineCallCentre', data: reordered }))
      .thenNothing();
    const larger = { ...berlin, capacity: 20 };
    given(registered, withBerlin)
      .when(say({ type: 'DefineCallCentre', data: larger }))
      .thenHappened({ type: 'CallCentreDefined', data: larger });
  });

  it('may be open overnight and on holidays of its own', () => {
    const odd: CallCentre = {
      ...berlin,
      hours: daily({ from: 0, to: hour(2) }, { from: hour(22), to: hour(2) }),
      holidays: [{ date: '2028-02-29', label: 'Leap day', hours: [{ from: 0, to: hour(24) }] }],
    };
    given(registered)
      .when(say({ type: 'DefineCallCentre', data: odd }))
      .thenHappened({ type: 'CallCentreDefined', data: odd });
  });

  const sixDays = nineToFive.slice(1) as unknown as WeeklyHours;
  const holiday = (date: string) => ({ date, label: 'Holiday', hours: [] });
  const wrong: readonly (readonly [string, Partial<CallCentre>, MerchantRejection])[] = [
    ["another merchant's name", { centreId: callCentreId(rival, 'berlin') }, 'of-another-merchant'],
    ['a link for a name', { centreId: shoes as unknown as CallCentre['centreId'] }, 'of-another-merchant'],
    ['a number without country', { number: '030123456' as CallCentre['number'] }, 'bad-number'],
    ['a location off the Earth', { location: { latitude: 90.1, longitude: 0 } }, 'bad-location'],
    ['a location that is no number', { location: { latitude: 0, longitude: Number.NaN } }, 'bad-location'],
    ['a zone that is none', { zone: 'Europe/Atlantis' }, 'unknown-time-zone'],
    ['six days', { hours: sixDays }, 'bad-hours'],
    ['hours that overlap', { hours: daily({ from: 0, to: 600 }, { from: 599, to: 700 }) }, 'bad-hours'],
    [
      'hours before those of last night end',
      { hours: daily({ from: 1_200, to: 60 }, { from: 1_300, to: 1_400 }) },
      'bad-hours',
    ],
    ['hours that begin at 24:00', { hours: daily({ from: 1_440, to: 60 }) }, 'bad-hours'],
    ['half minutes', { hours: daily({ from: 0.5, to: 60 }) }, 'bad-hours'],
    ['a minute after midnight at the end of the day', { hours: daily({ from: 60, to: 1_441 }) }, 'bad-hours'],
    ['30 February', { holidays: [holiday('2026-02-30')] }, 'bad-holiday'],
    ['29 February of a common year', { holidays: [holiday('2026-02-29')] }, 'bad-holiday'],
    ['a date with a time', { holidays: [holiday('2026-01-01T00:00Z')] }, 'bad-holiday'],
    ['a holiday twice', { holidays: [holiday('2026-01-01'), holiday('2026-01-01')] }, 'bad-holiday'],
    [
      'a holiday with impossible hours',
      { holidays: [{ ...holiday('2026-01-01'), hours: [{ from: -1, to: 5 }] }] },
      'bad-holiday',
    ],
    ['no capacity', { capacity: 0 }, 'bad-capacity'],
    ['half a place', { capacity: 1.5 }, 'bad-capacity'],
  ];
  for (const [what, change, reason] of wrong) {
    it(`is not defined with ${what}`, () => {
      given(registered)
        .when(say({ type: 'DefineCallCentre', data: { ...berlin, ...change } }))
        .thenRejected(reason);
    });
  }
});

describe('a routing policy', () => {
  const configured = [registered, withShoes, withBerlin];
  const toBerlin: LinkRoute = { linkId: shoes, centres: [berlin.centreId], choose: 'first-open' };
  const published = (version: number, ...routes: LinkRoute[]): MerchantEvent => ({
    type: 'RoutingPolicyPublished',
    data: { version, routes },
  });
  const publish = (...routes: LinkRoute[]) => say({ type: 'PublishRoutingPolicy', data: { routes } });

  it('has a version that counts what was really new', () => {
    given(...configured)
      .when(publish(toBerlin))
      .thenHappened(published(1, toBerlin));
    given(...configured, published(1, toBerlin))
      .when(publish(toBerlin))
      .thenNothing();
    given(...configured, published(1, toBerlin))
      .when(publish())
      .thenHappened(published(2));
    given(...configured)
      .when(publish())
      .thenHappened(published(1));
  });

  it('is refused when it sends calls where nobody is known', () => {
    given(...configured)
      .when(publish({ ...toBerlin, linkId: returns }))
      .thenRejected('unknown-link');
    given(...configured)
      .when(publish({ ...toBerlin, centres: [boston.centreId] }))
      .thenRejected('unknown-call-centre');
    given(...configured)
      .when(publish({ ...toBerlin, overflow: '+49 30 1' }))
      .thenRejected('bad-number');
    given(...configured)
      .when(publish(toBerlin, { ...toBerlin, choose: 'nearest' }))
      .thenRejected('duplicate-route');
  });

  it("never names another merchant's link or centre", () => {
    given(...configured)
      .when(publish({ ...toBerlin, linkId: linkId(rival, 'shoes') }))
      .thenRejected('of-another-merchant');
    given(...configured)
      .when(publish({ ...toBerlin, centres: [callCentreId(rival, 'berlin')] }))
      .thenRejected('of-another-merchant');
  });
});

describe('a redirect', () => {
  const configured = [registered, withShoes, withBerlin];
  const strike: Redirect = {
    redirectId: 'strike',
    to: { number: '+4930999999' },
    from: now,
    until: after(now, day),
    reason: 'strike in Berlin',
  };
  const set = (change: Partial<Redirect> = {}) => say({ type: 'SetRedirect', data: { ...strike, ...change } });
  const standing: MerchantEvent = { type: 'RedirectSet', data: strike };

  it('is set, may be changed, and is nothing new when it is set again', () => {
    given(...configured)
      .when(set())
      .thenHappened(standing);
    given(...configured, standing)
      .when(set())
      .thenNothing();
    const longer = { until: after(now, 2 * day) };
    given(...configured, standing)
      .when(set(longer))
      .thenHappened({ type: 'RedirectSet', data: { ...strike, ...longer } });
  });

  it('is as new as ever when it is changed back', () => {
    const longer: MerchantEvent = { type: 'RedirectSet', data: { ...strike, until: after(now, 2 * day) } };
    given(...configured, standing, longer)
      .when(set())
      .thenHappened(standing);
  });

  it('is nothing new when it is set again after its end', () => {
    const over = { ...strike, from: after(now, -2 * day), until: after(now, -day) };
    given(...configured, { type: 'RedirectSet', data: over })
      .when(set(over))
      .thenNothing();
  });

  it('may concern one link and lead to a centre', () => {
    const change = { linkId: shoes, to: { centreId: berlin.centreId } };
    given(...configured)
      .when(set(change))
      .thenHappened({ type: 'RedirectSet', data: { ...strike, ...change } });
  });

  it('is refused when it can never be in force or leads nowhere', () => {
    given(...configured)
      .when(set({ until: now }))
      .thenRejected('redirect-ends-before-it-begins');
    given(...configured)
      .when(set({ from: after(now, -day), until: now }))
      .thenRejected('redirect-is-over');
    given(...configured)
      .when(set({ to: { number: '+1' } }))
      .thenRejected('bad-number');
    given(...configured)
      .when(set({ to: { centreId: boston.centreId } }))
      .thenRejected('unknown-call-centre');
    given(...configured)
      .when(set({ linkId: returns }))
      .thenRejected('unknown-link');
    given(...configured)
      .when(set({ linkId: linkId(rival, 'shoes') }))
      .thenRejected('of-another-merchant');
    given(...configured)
      .when(set({ to: { centreId: callCentreId(rival, 'x') } }))
      .thenRejected('of-another-merchant');
  });

  it('is cleared when there is one', () => {
    const clear = say({ type: 'ClearRedirect', data: { redirectId: 'strike' } });
    const cleared: MerchantEvent = { type: 'RedirectCleared', data: { redirectId: 'strike' } };
    given(...configured, standing)
      .when(clear)
      .thenHappened(cleared);
    given(...configured, standing, cleared)
      .when(clear)
      .thenRejected('unknown-redirect');
    given(...configured, standing, cleared)
      .when(set())
      .thenHappened(standing);
  });
});

describe('the configuration of a merchant', () => {
  it('is as it was before, whatever is configured after', () => {
    const redirect = {
      redirectId: 'r',
      to: { centreId: berlin.centreId },
      from: now,
      until: after(now, day),
      reason: '',
    };
    expectStatesKept(merchantDecider, [
      registered,
      shop,
      withShoes,
      withBerlin,
      { type: 'RoutingPolicyPublished', data: { version: 1, routes: [] } },
      { type: 'RedirectSet', data: redirect },
      { type: 'RedirectCleared', data: { redirectId: 'r' } },
      { type: 'ApiKeyIssued', data: { keyId: 'k', label: '', sha256: '' } },
      { type: 'ApiKeyRevoked', data: { keyId: 'k' } },
    ]);
  });
});

describe('the rest of what a merchant configures', () => {
  it('is what may be passed on, said once', () => {
    const policy = { cookies: ['cart'], formFields: ['size'] };
    const set: MerchantEvent = { type: 'CapturePolicySet', data: policy };
    given(registered)
      .when(say({ type: 'SetCapturePolicy', data: policy }))
      .thenHappened(set);
    given(registered, set)
      .when(say({ type: 'SetCapturePolicy', data: policy }))
      .thenNothing();
    given(registered)
      .when(say({ type: 'SetCapturePolicy', data: { cookies: [], formFields: [] } }))
      .thenNothing();
  });

  it('is keys to the interface, issued and revoked once each', () => {
    const key = { keyId: 'k1', label: 'server', sha256: 'a'.repeat(64) };
    const issued: MerchantEvent = { type: 'ApiKeyIssued', data: key };
    const revoke = say({ type: 'RevokeApiKey', data: { keyId: 'k1' } });
    const revoked: MerchantEvent = { type: 'ApiKeyRevoked', data: { keyId: 'k1' } };
    given(registered)
      .when(say({ type: 'IssueApiKey', data: key }))
      .thenHappened(issued);
    given(registered, issued)
      .when(say({ type: 'IssueApiKey', data: key }))
      .thenNothing();
    given(registered, issued).when(revoke).thenHappened(revoked);
    given(registered, issued, revoked).when(revoke).thenRejected('unknown-api-key');
  });
});
