import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { acme, anna, password, serveEdge, type ServedEdge } from '#test/support/served-edge.js';

const cookieOf = (headers: Headers): string => headers.get('set-cookie')?.split(';')[0] ?? '';

describe('somebody who signs in', () => {
  let edge: ServedEdge;
  beforeEach(async () => {
    edge = await serveEdge();
  });
  afterEach(() => edge.close());
  const signIn = (login: unknown, secret: unknown = password, headers: Record<string, string> = {}) =>
    edge.ask('/v1/sign-in', { method: 'POST', json: { login, password: secret }, headers });

  it('gets a token, and a cookie that no script can read and no other site can send', async () => {
    const { status, json, headers } = await signIn('anna@acme');
    expect(status).to.equal(200);
    expect(json).to.include({ agentId: anna, merchantId: acme, displayName: 'anna' });
    expect(json).to.have.property('roles').that.deep.equals(['agent', 'admin']);
    expect(json).to.have.property('expiresAt', edge.clock.now() + 12 * 3_600_000);
    expect(headers.get('set-cookie')).to.match(
      /^trunkline-staff=ey[\w.-]+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/,
    );
    expect(headers.get('cache-control')).to.equal('no-store');
  });

  it('is known by token and by cookie', async () => {
    const { json, headers } = await signIn('anna@ACME');
    const { token } = json as { token: string };
    const byToken = await edge.ask('/v1/me', { token });
    const byCookie = await edge.ask('/v1/me', {
      headers: { cookie: cookieOf(headers), 'sec-fetch-site': 'same-origin' },
    });
    expect(byToken.json).to.include({ agentId: anna }).and.not.have.property('token');
    expect(byCookie.json).to.deep.equal(byToken.json);
  });

  it('is recorded, with the sign-in that was begun', async () => {
    await signIn('anna@acme');
    const [{ command, cause } = {}] = edge.desks.seen.commands;
    expect(command).to.include({ type: 'ReportSignedIn', target: 'access-acme.log' });
    expect(command).to.have.nested.property('data.who', anna);
    expect(cause).to.deep.equal({ actor: `agent:${anna}` });
  });

  it('is not let in while the log cannot say so', async () => {
    edge.desks.scripted.push({ outcome: 'failed', failure: 'SQLITE_FULL /var/secret' });
    const { status, text, headers } = await signIn('anna@acme');
    expect(status).to.equal(503);
    expect(text).to.include('log-unavailable').and.not.include('SQLITE');
    expect(headers.has('set-cookie')).to.equal(false);
  });

  it('over https gets a cookie that only https and only this host will see', async () => {
    const https = await serveEdge({ https: true });
    const { headers } = await https.ask('/v1/sign-in', { method: 'POST', json: { login: 'anna@acme', password } });
    await https.close();
    expect(headers.get('set-cookie')).to.match(/^__Host-trunkline-staff=.*; Secure$/);
    expect(headers.get('strict-transport-security')).to.include('max-age');
  });

  it('with a wrong login or password hears the same, whichever it was, and it is recorded', async () => {
    const answers = [
      await signIn('anna@acme', 'not the password'),
      await signIn('nobody@acme'),
      await signIn('anna@globex'),
      await signIn('anna@no-such-merchant'),
      await signIn('anna'),
      await signIn('@acme'),
    ];
    for (const { status, text } of answers) {
      expect(status).to.equal(401);
      expect(text).to.equal(answers[0]?.text);
    }
    expect(edge.desks.seen.refusals.map(({ merchantId, why }) => `${merchantId} ${why}`)).to.deep.equal([
      'acme wrong-credentials',
      'acme wrong-credentials',
      'globex wrong-credentials',
      'platform wrong-credentials',
      'platform wrong-credentials',
      'platform wrong-credentials',
    ]);
    expect(JSON.stringify(edge.desks.seen.refusals)).to.not.include('not the password');
  });

  it('is not held up by others who guess at other logins, and guesses at one login come to an end', async () => {
    await edge.close();
    const limits = {
      signInsPerAddress: 1000,
      failedSignInsPerLogin: 3,
      clicksPerAddress: 9,
      missedLookUpsPerAddress: 9,
    };
    edge = await serveEdge({ limits });
    for (let guess = 0; guess < 3; guess += 1) {
      expect((await signIn('anna@acme', `guess ${guess}`)).status).to.equal(401);
    }
    const { status, json, headers } = await signIn('ANNA@acme', 'guess 4');
    expect(status).to.equal(429);
    expect(json).to.have.property('code', 'rate-limited');
    expect(Number(headers.get('retry-after'))).to.be.within(1, 60);
    await signIn('anna@acme', 'guess 5');
    expect((await signIn('carla@globex')).status).to.equal(200);
    const floods = edge.desks.seen.commands.filter(({ command: { type } }) => type === 'ReportRateLimited');
    expect(
      floods.map(({ command }) => command.target),
      'recorded once',
    ).to.deep.equal(['access-acme.log']);
  });

  it('from an address that tries and tries waits, whatever the logins', async () => {
    await edge.close();
    const limits = { signInsPerAddress: 2, failedSignInsPerLogin: 9, clicksPerAddress: 9, missedLookUpsPerAddress: 9 };
    edge = await serveEdge({ limits, trustedProxies: 1 });
    const from = (address: string) => ({ 'x-forwarded-for': `6.6.6.6, ${address}` });
    await signIn('one@acme', 'wrong', from('10.0.0.1'));
    await signIn('two@acme', 'wrong', from('10.0.0.1'));
    expect((await signIn('anna@acme', password, from('10.0.0.1'))).status).to.equal(429);
    expect((await signIn('anna@acme', password, from('10.0.0.2'))).status).to.equal(200);
  });

  it('must say who with a text: anything else is no sign-in at all', async () => {
    for (const login of [undefined, 7, null, ['anna@acme'], { $ne: '' }, '', 'x'.repeat(201)]) {
      expect((await signIn(login)).status, JSON.stringify(login)).to.equal(400);
    }
    expect((await signIn('anna@acme', 'x'.repeat(257))).status).to.equal(400);
  });
});

describe('somebody who signed out', () => {
  let edge: ServedEdge;
  beforeEach(async () => {
    edge = await serveEdge();
  });
  afterEach(() => edge.close());

  it('is out everywhere that this sign-in was used, and in nowhere else', async () => {
    const { token, sessionId } = await edge.signedIn(anna);
    const elsewhere = await edge.signedIn(anna);
    const { status, headers } = await edge.ask('/v1/sign-out', { method: 'POST', token });
    expect(status).to.equal(204);
    expect(headers.get('set-cookie')).to.match(/^trunkline-staff=; Path=\/; Max-Age=0;/);
    expect(edge.desks.seen.commands.at(-1)?.command).to.deep.include({
      type: 'ReportSignedOut',
      target: 'access-acme.log',
      data: { who: anna, sessionId },
    });
    const after = await edge.ask('/v1/me', { token });
    expect(after.status).to.equal(401);
    expect(after.json).to.have.property('code', 'stale-token');
    expect(after.headers.get('www-authenticate')).to.equal('Bearer');
    expect((await edge.ask('/v1/me', { token: elsewhere.token })).status).to.equal(200);
  });
});

describe('a request that needs somebody signed in', () => {
  let edge: ServedEdge;
  beforeEach(async () => {
    edge = await serveEdge();
  });
  afterEach(() => edge.close());

  it('is refused without a token, with a forged one and with one that is over, and each is recorded', async () => {
    const { token } = await edge.signedIn(anna, 60_000);
    edge.clock.advance(60_000);
    for (const [sent, code] of [
      [{}, 'no-token'],
      [{ token: 'forged' }, 'forged-token'],
      [{ token }, 'expired-token'],
      [{ headers: { authorization: 'Basic YTpi' } }, 'no-token'],
    ] as const) {
      const { status, json } = await edge.ask('/v1/me', sent);
      expect(status, code).to.equal(401);
      expect(json).to.include({ code, type: `urn:trunkline:problem:${code}` });
      expect(edge.desks.seen.refusals.at(-1)).to.include({ merchantId: 'platform', why: code, what: 'GET /v1/me' });
    }
  });

  it('is refused when another site made the browser send it along with the cookie', async () => {
    const { token } = await edge.signedIn(anna);
    const cookie = `trunkline-staff=${token}`;
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      {},
    ];
    for (const headers of foreign) {
      const { status, json } = await edge.ask('/v1/sign-out', { method: 'POST', headers: { ...headers, cookie } });
      expect(status, JSON.stringify(headers)).to.equal(403);
      expect(json).to.have.property('code', 'cross-site-request');
    }
    expect(edge.desks.seen.commands).to.deep.equal([]);
    const own = await edge.ask('/v1/sign-out', { method: 'POST', headers: { origin: edge.url, cookie } });
    expect(own.status).to.equal(204);
  });

  it('trusts only the origins that were set, where they were set', async () => {
    await edge.close();
    edge = await serveEdge({ ownOrigins: ['https://cc.example'] });
    const { token } = await edge.signedIn(anna);
    const cookie = `trunkline-staff=${token}`;
    expect((await edge.ask('/v1/me', { headers: { origin: edge.url, cookie } })).status).to.equal(403);
    expect((await edge.ask('/v1/me', { headers: { origin: 'https://cc.example', cookie } })).status).to.equal(200);
  });

  it('is refused to somebody who is not there any more', async () => {
    const { token } = await edge.signedIn(anna);
    edge.desks.dismiss(anna);
    expect((await edge.ask('/v1/me', { token })).json).to.have.property('code', 'stale-token');
    expect((await edge.ask('/v1/merchants/acme', { token })).status).to.equal(403);
  });
});
