import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { contactId, iconSessionId, linkId, type MerchantId } from '#domain/kernel/ids.js';
import type { IconSessionView } from '#domain/views/icon-session.js';
import { acme, anna, boris, globex, serveEdge, type ServedEdge } from '#test/support/served-edge.js';

const hostile = '<script>alert(document.cookie)</script>';

const session = ({ clock }: ServedEdge, merchant: MerchantId): IconSessionView => ({
  sessionId: iconSessionId(merchant, 's1'),
  contactId: contactId(merchant, 'c1'),
  iconLabel: hostile,
  linkId: linkId(merchant, 'shoes'),
  origin: `https://${merchant}.example`,
  merchantSessionId: 'basket-9',
  customer: { ref: 'C-17', by: 'page' },
  pageNow: { url: `https://${merchant}.example/shoes`, title: hostile, at: clock.now() },
  pagesBefore: [],
  forms: { returns: { reason: '=HYPERLINK("https://evil.example")' } },
  cookies: { basket: '"><img src=x onerror=alert(1)>' },
  clickedAt: clock.now(),
  open: true,
});

const acmeAni = '+2975550112';
const globexAni = '+2975550999';

describe('a call centre that asks which click a call comes from', () => {
  let edge: ServedEdge;
  let key: string;
  beforeEach(async () => {
    edge = await serveEdge();
    key = edge.keyOf(acme);
    edge.desks.sessions.push(
      { view: session(edge, acme), ani: acmeAni },
      { view: session(edge, globex), ani: globexAni },
    );
  });
  afterEach(() => edge.close());
  const lookUp = (by: string, value: string, token = key) =>
    edge.ask(`/v1/merchants/acme/sessions?by=${by}&value=${encodeURIComponent(value)}`, { token });

  it('is told by the line number it received, and by everything else that names a session', async () => {
    for (const [by, value] of [
      ['ani', acmeAni],
      ['session', 'session-acme.s1'],
      ['session', 'basket-9'],
      ['customer', 'C-17'],
      ['icon', 'link-acme.shoes'],
    ] as const) {
      const { status, json } = await lookUp(by, value);
      expect(status, by).to.equal(200);
      expect(json).to.deep.equal({ verdict: 'certain', sessions: [session(edge, acme)] });
      expect(edge.desks.seen.lookUps.at(-1)).to.deep.equal({ merchantId: acme, key: { by, value } });
    }
  });

  it('gets what strangers typed as data, in JSON that no browser takes for a page', async () => {
    const { json, headers } = await lookUp('ani', acmeAni);
    expect(json).to.have.nested.property('sessions[0].pageNow.title', hostile);
    expect(headers.get('content-type')).to.equal('application/json; charset=utf-8');
    expect(headers.get('x-content-type-options')).to.equal('nosniff');
    expect(headers.get('content-security-policy')).to.include("default-src 'none'");
  });

  it('cannot tell another merchant’s call from no call at all', async () => {
    const strip = ({ status, text, headers }: Awaited<ReturnType<typeof lookUp>>) => {
      const told = Object.fromEntries([...headers].filter(([name]) => name !== 'date'));
      return JSON.stringify({ status, text, told });
    };
    const none = strip(await lookUp('ani', '+2975550000'));
    expect(none).to.include('"status":404');
    for (const [by, value] of [
      ['ani', globexAni],
      ['session', 'session-globex.s1'],
      ['session', 'session-nobody.s1'],
      ['icon', 'link-globex.shoes'],
      ['gateway-number', '+2975550001'],
      ['pseudo-ani', '000000017'],
    ] as const) {
      expect(strip(await lookUp(by, value)), value).to.equal(none);
    }
  });

  it('that names another merchant’s session outright is recorded', async () => {
    await lookUp('session', 'session-globex.s1');
    expect(edge.desks.seen.refusals).to.deep.equal([
      { merchantId: acme, why: 'another-merchants-call', what: 'look-up by session', from: '127.0.0.1' },
    ]);
  });

  it('is refused when it is not the merchant’s server or administrator', async () => {
    expect((await edge.ask(`/v1/merchants/acme/sessions?by=ani&value=1`)).status).to.equal(401);
    expect((await lookUp('ani', acmeAni, (await edge.signedIn(boris)).token)).status).to.equal(403);
    expect((await lookUp('ani', acmeAni, (await edge.signedIn(anna)).token)).status).to.equal(200);
  });

  it('is told when the question is none', async () => {
    const path = '/v1/merchants/acme/sessions';
    for (const query of [
      '',
      '?by=ani',
      '?value=1',
      '?by=colour&value=1',
      '?by=ani&value=1&value=2',
      '?by=ani&value=',
      '?by[]=ani&value=1',
      '?by=ani&value=1&__proto__=1',
    ]) {
      expect((await edge.ask(path + query, { token: key })).status, query).to.equal(400);
    }
  });

  it('that guesses on and on must wait, while one that knows what it asks for never does', async () => {
    await edge.close();
    const limits = { signInsPerAddress: 9, failedSignInsPerLogin: 9, clicksPerAddress: 9, missedLookUpsPerAddress: 5 };
    edge = await serveEdge({ limits });
    key = edge.keyOf(acme);
    edge.desks.sessions.push({ view: session(edge, acme), ani: acmeAni });
    const hits = await Promise.all(Array.from({ length: 40 }, () => lookUp('ani', acmeAni)));
    expect(hits.every(({ status }) => status === 200)).to.equal(true);
    for (let guess = 0; guess < 5; guess += 1) expect((await lookUp('ani', `+29755501${guess}`)).status).to.equal(404);
    const { status, headers } = await lookUp('ani', acmeAni);
    expect(status).to.equal(429);
    expect(Number(headers.get('retry-after'))).to.be.within(1, 60);
    await lookUp('ani', acmeAni);
    expect(
      edge.desks.seen.commands.map(({ command }) => command.type),
      'recorded once',
    ).to.deep.equal(['ReportRateLimited']);
    edge.clock.advance(60_000);
    expect((await lookUp('ani', acmeAni)).status).to.equal(200);
  });
});
