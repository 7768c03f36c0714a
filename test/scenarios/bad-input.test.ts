import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { linkId, merchantId, merchantStream } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import type { ClickRequest, IconReference } from '#domain/contracts/customer-desk.js';
import {
  anna,
  palmPier,
  shop,
  startTrunkline,
  newWorld,
  type TestTrunkline,
  type World,
} from '#test/support/trunkline.js';

describe('what comes from outside', () => {
  let world: World;
  let trunkline: TestTrunkline;
  beforeEach(async () => {
    world = newWorld();
    trunkline = await startTrunkline(world);
  });
  afterEach(() => trunkline.stop());

  let clicks = 0;
  const click = async (icon: IconReference, more: Partial<ClickRequest> = {}): Promise<string> => {
    clicks += 1;
    const request = { clickKey: `key-of-click-number-${clicks}`, icon, origin: shop, context: {}, ...more };
    const outcome = await trunkline.customerDesk.click(request, '192.0.2.7');
    await trunkline.pass(50);
    return outcome.outcome === 'refused' ? outcome.reason : outcome.outcome;
  };
  const refusals = async () =>
    (await trunkline.eventsOf('AccessRefused')).map(({ data, meta }) => [meta.merchantId, data.why]);
  const claims = { merchantId: palmPier, linkId: linkId(palmPier, 'shoes'), origin: shop };

  it('may name its icon in many ways: by link, by merchant and link, by merchant alone, by a signed token', async () => {
    expect(await click({ link: 'link-palm-pier.shoes' })).to.equal('accepted');
    expect(await click({ merchant: 'palm-pier', link: 'returns' })).to.equal('accepted');
    expect(await click({ merchant: 'palm-pier' })).to.equal('accepted');
    const { token } = await trunkline.access.mintIconToken(claims, 60_000);
    expect(await click({ token })).to.equal('accepted');
  });

  it('may carry a number of its own only inside a signed token, and only one that may be dialled', async () => {
    const dialled = async () =>
      (await trunkline.eventsOf('DestinationSelected')).map(({ data }) => [data.number, data.rule]);
    const own = await trunkline.access.mintIconToken({ ...claims, number: '+2975820001' }, 60_000);
    expect(await click({ token: own.token })).to.equal('accepted');
    expect(await dialled()).to.deep.equal([['+2975820001', 'icon-number']]);
    for (const number of ['+882161234567', '+8835100012345', '+19005550123'] as const) {
      const { token } = await trunkline.access.mintIconToken({ ...claims, number }, 60_000);
      expect(await click({ token })).to.equal('accepted');
    }
    expect(await dialled()).to.have.length(1);
    expect(await trunkline.eventsOf('DialRefused')).to.have.length(3);
    expect(await trunkline.eventsOf('PortLeased')).to.have.length(1);
  });

  it('is refused when its token is forged, expired, of another origin or used too often, and that is recorded', async () => {
    const { token } = await trunkline.access.mintIconToken(claims, 60_000);
    expect(await click({ token: `${token.slice(0, -4)}AAAA` })).to.equal('forged-token');
    expect(await click({ token }, { origin: 'https://evil.example' })).to.equal('foreign-origin');
    const again = { clickKey: 'a-click-whose-answer-was-lost' };
    expect(await click({ token }, again)).to.equal('accepted');
    expect(await click({ token }, again), 'the same click, asked again').to.equal('accepted');
    expect(await click({ token }), 'a second call by the same icon').to.equal('replayed-token');
    world.clock.advance(61_000);
    expect(await click({ token })).to.equal('expired-token');
    expect(await refusals()).to.deep.equal([
      [palmPier, 'foreign-origin'],
      [palmPier, 'stale-token'],
    ]);
  });

  it('is refused when merchant, link or origin are nobody’s', async () => {
    expect(await click({})).to.equal('no-merchant-named');
    expect(await click({ merchant: 'nobody' })).to.equal('unknown-merchant');
    expect(await click({ merchant: '__proto__' })).to.equal('unknown-merchant');
    expect(await click({ merchant: 'palm-pier', link: 'no-such' })).to.equal('unknown-link');
    expect(await click({ link: '../../etc' })).to.equal('unknown-link');
    expect(await click({ merchant: 'other', link: 'link-palm-pier.shoes' })).to.equal('unknown-link');
    expect(await click({ link: 'link-palm-pier.shoes' }, { origin: 'https://shop.palm-pier.example.evil' })).to.equal(
      'foreign-origin',
    );
    expect(await trunkline.eventsOf('IconClicked')).to.have.length(0);
  });

  it('places one call however often one click is repeated', async () => {
    const request = {
      clickKey: 'the-same-key-again-and-again',
      icon: { link: 'link-palm-pier.shoes' },
      origin: shop,
      context: {},
    };
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => trunkline.customerDesk.click(request, '192.0.2.7')),
    );
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).to.equal(1);
    await trunkline.pass(2_000);
    expect(await trunkline.eventsOf('PortLeased')).to.have.length(1);
  });

  it('cannot make a DTMF table lead off the merchant’s own pages', async () => {
    const entry = (origin: string, path: string) => [
      { code: '*55', label: 'x', action: { kind: 'page', origin, path } as const },
    ];
    for (const [origin, path] of [
      ['https://evil.example', '/'],
      [shop, '//evil.example/'],
      [shop, '/\\evil.example'],
      [shop, '/@evil.example\r\nLocation: https://evil.example'],
      [`${shop}@evil.example`, '/'],
      ['javascript:alert(1)', '/'],
    ] as const) {
      const outcome = await trunkline.commands.dispatch(
        {
          type: 'PublishDtmfTable',
          target: merchantStream(palmPier),
          at: world.clock.now(),
          data: { entries: entry(origin, path) },
        },
        { actor: 'test' },
      );
      expect(outcome.outcome, `${origin}${path}`).to.equal('rejected');
    }
  });

  it('is not believed twice: doubled and late reports of a port that was released change nothing', async () => {
    await trunkline.agentReady(anna);
    const { sessionId } = await trunkline.click();
    await trunkline.until('it rings', () => trunkline.desktop(anna).contact?.pop === 'offered');
    await trunkline.customerDesk.request(sessionId, { type: 'hang-up' });
    await trunkline.until('it is over', () => trunkline.window(sessionId).state === 'ended');
    await trunkline.pass(1_000);
    const [lease] = await trunkline.eventsOf('PortLeased');
    if (!lease) throw new Error('no lease');
    const before = (await trunkline.events()).length;
    const { callId, port, ani, leaseId } = lease.data;
    const again = {
      type: 'ReportOriginated',
      target: callId,
      at: world.clock.now(),
      data: { gatewayId: lease.stream as never, port, ani, leaseId },
    } as const;
    for (let time = 0; time < 3; time += 1) await trunkline.commands.dispatch(again, { actor: 'telephony' });
    const cleared = {
      type: 'ReportCallCleared',
      target: callId,
      at: world.clock.now(),
      data: { cause: 'normal-clearing', side: 'gateway' },
    } as const;
    await trunkline.commands.dispatch(cleared, { actor: 'telephony' });
    await trunkline.pass(500);
    expect(await trunkline.events()).to.have.length(before);
  });

  it('may put the clock back: a resting port is not leased early, and the log stays in order', async () => {
    const { sessionId } = await trunkline.click();
    await trunkline.pass(1_000);
    await trunkline.customerDesk.request(sessionId, { type: 'hang-up' });
    await trunkline.pass(500);
    world.clock.set(instant(world.clock.now() - 3_600_000));
    await trunkline.click();
    await trunkline.pass(1_000);
    const ports = (await trunkline.eventsOf('PortLeased')).map(({ data }) => data.port);
    expect(ports).to.deep.equal([1, 2]);
    const recorded = (await trunkline.events()).map(({ recordedAt }) => recordedAt);
    expect(recorded).to.deep.equal([...recorded].sort((a, b) => a - b));
  });
});

describe('two merchants with the same names for everything', () => {
  it('see nothing of each other', async () => {
    const trunkline = await startTrunkline();
    const other = merchantId('other');
    await trunkline.agentReady(anna);
    const { sessionId, contactId } = await trunkline.click({
      link: 'link-palm-pier.shoes',
      customer: 'C-1',
      session: 'S-1',
    });
    await trunkline.until('it rings', () => trunkline.desktop(anna).contact?.pop === 'offered');
    const [lease] = await trunkline.eventsOf('PortLeased');
    const { backOffice } = trunkline;
    const ani = lease?.data.ani ?? '';
    expect(backOffice.lookUp(palmPier, { by: 'ani', value: ani }).outcome).to.equal('found');
    for (const key of [
      { by: 'ani', value: ani },
      { by: 'gateway-number', value: '+59997380000' },
      { by: 'session', value: sessionId },
      { by: 'session', value: 'S-1' },
      { by: 'customer', value: 'C-1' },
      { by: 'icon', value: 'shoes' },
      { by: 'icon', value: 'link-palm-pier.shoes' },
    ] as const) {
      expect(backOffice.lookUp(palmPier, key).outcome, `${key.by} ${key.value} for its owner`).to.equal('found');
      expect(backOffice.lookUp(other, key), `${key.by} ${key.value} for another`).to.deep.equal({ outcome: 'none' });
    }
    expect(await backOffice.journeys(other, { limit: 10 })).to.deep.equal([]);
    expect((await backOffice.journey(contactId))?.merchantId).to.equal(palmPier);
    await trunkline.stop();
  });
});
