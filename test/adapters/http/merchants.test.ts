import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { agentId, merchantId, type MerchantId } from '#domain/kernel/ids.js';
import { acme, anna, boris, carla, globex, password, serveEdge, type ServedEdge } from '#test/support/served-edge.js';

const spans = [{ from: 540, to: 1020 }];
const centre = {
  name: 'Oranjestad',
  number: '+2975550100',
  location: { latitude: 12.5, longitude: -70 },
  zone: 'America/Aruba',
  hours: [spans, spans, spans, spans, spans, [], []],
  holidays: [{ date: '2026-03-18', label: 'Dia di Himno', hours: [] }],
  capacity: 20,
  trunks: ['tg-1'],
};
const redirect = {
  to: { centreId: 'centre-acme.oranjestad' },
  from: 1_767_600_000_000,
  until: 1_767_700_000_000,
  reason: 'storm',
};
const dtmf = {
  code: '*76',
  label: 'Aruba offer',
  action: { kind: 'page', origin: 'https://acme.example', path: '/aruba' },
};

type Change = readonly [method: string, path: string, body: unknown, command: string];
const changes: readonly Change[] = [
  ['PUT', '/links/returns', { label: 'Returns' }, 'DefineLink'],
  ['PUT', '/call-centres/oranjestad', centre, 'DefineCallCentre'],
  [
    'PUT',
    '/routing-policy',
    { routes: [{ linkId: 'link-acme.shoes', centres: ['centre-acme.oranjestad'], choose: 'nearest' }] },
    'PublishRoutingPolicy',
  ],
  ['PUT', '/redirects/storm', redirect, 'SetRedirect'],
  ['DELETE', '/redirects/storm', undefined, 'ClearRedirect'],
  ['PUT', '/dtmf-table', { entries: [dtmf] }, 'PublishDtmfTable'],
  ['PUT', '/capture-policy', { cookies: ['basket'], formFields: ['reason'] }, 'SetCapturePolicy'],
  ['POST', '/origins', { origin: 'https://shop.acme.example' }, 'VerifyOrigin'],
  ['POST', '/api-keys', { label: 'CRM' }, 'IssueApiKey'],
  ['DELETE', '/api-keys/01J8ZQ', undefined, 'RevokeApiKey'],
];

describe('a merchant’s server', () => {
  let edge: ServedEdge;
  let key: string;
  beforeEach(async () => {
    edge = await serveEdge();
    key = edge.keyOf(acme);
  });
  afterEach(() => edge.close());
  const ask = (method: string, path: string, json?: unknown, token = key) =>
    edge.ask(`/v1/merchants/acme${path}`, { method, token, ...(json !== undefined && { json }) });

  for (const [method, path, body, type] of changes) {
    it(`asks for ${type} with ${method} ${path}`, async () => {
      if (type === 'ClearRedirect') await ask('PUT', '/redirects/storm', redirect);
      const { status, json } = await ask(method, path, body);
      expect(status, JSON.stringify(json)).to.be.oneOf([200, 201]);
      expect(json).to.have.property('position').that.is.greaterThan(0);
      const { command, cause } = edge.desks.seen.commands.at(-1) ?? {};
      expect(command).to.include({ type, target: 'merchant-acme.acme', at: edge.clock.now() });
      expect(cause).to.deep.equal({ actor: 'merchant:acme' });
    });
  }

  it('reads back what it configured, all of it, and no secret', async () => {
    for (const [method, path, body] of changes.filter(([method]) => method !== 'DELETE')) await ask(method, path, body);
    const { status, json, text } = await ask('GET', '');
    expect(status).to.equal(200);
    expect(json).to.deep.include({
      merchantId: 'acme',
      origins: ['https://acme.example', 'https://shop.acme.example'],
      links: [
        { linkId: 'link-acme.shoes', label: 'Shoes' },
        { linkId: 'link-acme.returns', label: 'Returns' },
      ],
      callCentres: [{ centreId: 'centre-acme.oranjestad', ...centre }],
      redirects: [{ redirectId: 'storm', ...redirect }],
      dtmfTable: { version: 1, entries: [dtmf] },
      capturePolicy: { cookies: ['basket'], formFields: ['reason'] },
    });
    expect(json).to.have.property('apiKeys').that.has.length(2);
    expect(text).to.not.match(/sha256|[0-9a-f]{64}/);
  });

  it('hears why a rule says no', async () => {
    edge.desks.scripted.push({ outcome: 'rejected', reason: 'duplicate-dtmf-code' });
    const { status, json } = await ask('PUT', '/dtmf-table', { entries: [dtmf, dtmf] });
    expect(status).to.equal(422);
    expect(json).to.include({ code: 'duplicate-dtmf-code', type: 'urn:trunkline:problem:duplicate-dtmf-code' });
    edge.desks.scripted.push({ outcome: 'rejected', reason: 'a-rule-of-tomorrow' });
    expect((await ask('PUT', '/links/returns', { label: 'Returns' })).status).to.equal(409);
  });

  it('is told when a path does not name what can be', async () => {
    for (const path of ['/links/-x', '/links/a%2Fb', '/links/..%2f..', `/links/${'x'.repeat(200)}`, '/links/a b']) {
      expect((await ask('PUT', path, { label: 'x' })).status, path).to.equal(400);
    }
  });

  it('that uses a key which was just issued is let in, and one whose key was revoked is not', async () => {
    const { json } = await ask('POST', '/api-keys', { label: 'CRM' });
    const { key: issued, keyId } = json as { key: string; keyId: string };
    expect((await ask('GET', '', undefined, issued)).status).to.equal(200);
    await ask('DELETE', `/api-keys/${keyId}`);
    const { status, json: problem } = await ask('GET', '', undefined, issued);
    expect([status, (problem as { code: string }).code]).to.deep.equal([401, 'forged-token']);
  });

  it('with a key that was made up, or made up for a merchant that is not there, is refused alike', async () => {
    const answers = [key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A'), edge.access.makeApiKey(acme).key]
      .concat(edge.access.makeApiKey(merchantId('nobody')).key)
      .map((token) => ask('GET', '', undefined, token));
    for (const { status, text, headers } of await Promise.all(answers)) {
      expect(status).to.equal(401);
      expect(headers.get('www-authenticate')).to.equal('Bearer');
      expect(text).to.equal((await answers[0])?.text);
    }
    expect(edge.desks.seen.refusals.map(({ why }) => why)).to.deep.equal(Array(3).fill('forged-token'));
  });

  it('finds another merchant’s path as empty as one of a merchant that is not there, and that is recorded', async () => {
    const paths = ['', '/sessions?by=ani&value=%2B2975550112', '/journeys', '/call-records', '/agents'];
    for (const path of paths) {
      const [other, none, odd] = await Promise.all(
        ['globex', 'nobody', 'NOT%20ONE'].map((merchant) =>
          edge.ask(`/v1/merchants/${merchant}${path}`, { token: key }),
        ),
      );
      expect(other?.status).to.equal(404);
      expect(other?.json).to.have.property('code', 'not-found');
      expect(other?.text).to.equal(none?.text).and.equal(odd?.text);
    }
    const refusals = edge.desks.seen.refusals.filter(({ why }) => why === 'another-merchants-call');
    expect(refusals).to.have.length(3 * paths.length);
    expect(refusals[0]).to.include({ merchantId: acme, from: '127.0.0.1', what: 'GET /v1/merchants/{merchant}' });
    expect(
      (await edge.ask('/v1/merchants/globex/links/x', { method: 'PUT', token: key, json: { label: 'x' } })).status,
    ).to.equal(404);
    expect(edge.desks.seen.commands).to.deep.equal([]);
  });
});

describe('an administrator', () => {
  let edge: ServedEdge;
  beforeEach(async () => {
    edge = await serveEdge();
  });
  afterEach(() => edge.close());
  const as = async (who: typeof anna, merchant: MerchantId = acme) => {
    const { token } = await edge.signedIn(who);
    return (method: string, path: string, json?: unknown) =>
      edge.ask(`/v1/merchants/${merchant}${path}`, { method, token, ...(json !== undefined && { json }) });
  };
  const newAgent = {
    loginName: 'dora',
    displayName: 'Dora D.',
    centre: 'oranjestad',
    device: '2004',
    roles: ['agent'],
    password,
  };
  const withCentre = async (ask: Awaited<ReturnType<typeof as>>) => ask('PUT', '/call-centres/oranjestad', centre);

  it('configures as the merchant’s server does, and it is recorded who did', async () => {
    const ask = await as(anna);
    expect((await ask('PUT', '/links/returns', { label: 'Returns' })).status).to.equal(200);
    expect(edge.desks.seen.commands.at(-1)?.cause).to.deep.equal({ actor: `agent:${anna}` });
  });

  it('registers an agent, who can sign in from then on', async () => {
    const ask = await as(anna);
    await withCentre(ask);
    const { status, json } = await ask('POST', '/agents', newAgent);
    expect([status, json]).to.deep.equal([201, { agentId: 'agent-acme.dora', position: 2 }]);
    const signIn = { method: 'POST', json: { login: 'dora@acme', password } };
    expect((await edge.ask('/v1/sign-in', signIn)).status).to.equal(200);
    expect(JSON.stringify(edge.desks.seen.commands), 'the log never sees a password').to.not.include(password);
  });

  it('cannot take over somebody’s account by registering it again', async () => {
    const ask = await as(anna);
    await withCentre(ask);
    const taken = { ...newAgent, loginName: 'boris', password: 'another password' };
    const { status, json } = await ask('POST', '/agents', taken);
    expect([status, (json as { code: string }).code]).to.deep.equal([409, 'login-name-taken']);
    expect(await edge.access.checkPassword(boris, password)).to.equal(true);
  });

  it('sets no password when the log refuses the agent', async () => {
    const ask = await as(anna);
    await withCentre(ask);
    edge.desks.scripted.push({ outcome: 'failed', failure: 'disk full' });
    expect((await ask('POST', '/agents', newAgent)).status).to.equal(503);
    expect(edge.desks.seen.commands.at(-1)?.command).to.have.property('type', 'RegisterAgent');
    expect(await edge.access.checkPassword(agentId(acme, 'dora'), password)).to.equal(false);
  });

  it('is told what is wrong with a new agent', async () => {
    const ask = await as(anna);
    expect((await ask('POST', '/agents', newAgent)).json).to.have.property('code', 'unknown-call-centre');
    for (const wrong of [
      { loginName: 'Dora' },
      { loginName: 'dora@acme' },
      { roles: [] },
      { roles: ['god'] },
      { password: 'short' },
      { password: 'x'.repeat(257) },
      { displayName: '' },
      { device: 'a/b' },
    ]) {
      expect((await ask('POST', '/agents', { ...newAgent, ...wrong })).status, JSON.stringify(wrong)).to.equal(400);
    }
  });

  it('signs out whoever is signed in with an agent’s former password, and nobody else', async () => {
    const ask = await as(anna);
    const signIn = async (login: string): Promise<string> => {
      const { json } = await edge.ask('/v1/sign-in', { method: 'POST', json: { login, password } });
      return (json as { token: string }).token;
    };
    const [first, second, carlas] = [
      await signIn('boris@acme'),
      await signIn('boris@acme'),
      await signIn('carla@globex'),
    ];
    expect((await ask('PUT', '/agents/boris/password', { password: 'another password' })).status).to.equal(204);
    const me = async (token: string) => (await edge.ask('/v1/me', { token })).status;
    expect([await me(first), await me(second), await me(carlas)]).to.deep.equal([401, 401, 200]);
  });

  it('sets an agent’s password anew, of agents there are', async () => {
    const ask = await as(anna);
    expect((await ask('PUT', '/agents/boris/password', { password: 'a new long password' })).status).to.equal(204);
    expect(await edge.access.checkPassword(boris, 'a new long password')).to.equal(true);
    expect((await ask('PUT', '/agents/nobody/password', { password })).status).to.equal(404);
    expect((await ask('PUT', '/agents/carla/password', { password: 'a new long password' })).status).to.equal(404);
    expect(await edge.access.checkPassword(carla, password)).to.equal(true);
  });

  it('sees the agents of this merchant only', async () => {
    const { json } = await (await as(anna))('GET', '/agents');
    const { agents } = json as { agents: { agentId: string }[] };
    expect(agents.map(({ agentId }) => agentId)).to.deep.equal([anna, boris]);
  });

  it('has no rights at another merchant', async () => {
    expect((await (await as(carla))('GET', '')).status).to.equal(404);
    expect((await (await as(carla, globex))('GET', '')).status).to.equal(200);
  });

  it('is somebody with the right: an agent is turned away, and that is recorded', async () => {
    const ask = await as(boris);
    for (const [method, path, body] of changes) {
      const { status, json } = await ask(method, path, body);
      expect([status, (json as { code: string }).code]).to.deep.equal([403, 'not-allowed']);
    }
    expect(edge.desks.seen.commands).to.deep.equal([]);
    expect(edge.desks.seen.refusals.at(-1)).to.include({ merchantId: acme, why: 'not-allowed' });
  });

  it('whose right was taken away has it no more, whatever the token says', async () => {
    const ask = await as(anna);
    edge.desks.hire(anna, { roles: ['agent'] });
    expect((await ask('PUT', '/links/returns', { label: 'x' })).status).to.equal(403);
  });
});

describe('an icon that the merchant’s server asks for', () => {
  let edge: ServedEdge;
  let key: string;
  beforeEach(async () => {
    edge = await serveEdge();
    key = edge.keyOf(acme);
  });
  afterEach(() => edge.close());
  const mint = (json: object) => edge.ask('/v1/merchants/acme/icon-tokens', { method: 'POST', token: key, json });

  it('is signed with all that it says, for a quarter of an hour if nothing else was said', async () => {
    const said = {
      origin: 'https://acme.example',
      number: '+2975550199',
      merchantSessionId: 'b9',
      customerRef: 'C-17',
    };
    const { status, json } = await mint({ ...said, link: 'shoes' });
    expect(status).to.equal(201);
    const { token, tokenId, expiresAt } = json as { token: string; tokenId: string; expiresAt: number };
    expect(expiresAt).to.equal(edge.clock.now() + 15 * 60_000);
    expect(await edge.access.verifyIconToken(token)).to.deep.equal({
      outcome: 'valid',
      claims: { ...said, merchantId: 'acme', linkId: 'link-acme.shoes', tokenId, expiresAt },
    });
  });

  it('may not stand on an origin that is not the merchant’s, nor name a link that is not there', async () => {
    expect((await mint({ origin: 'https://evil.example' })).status).to.equal(403);
    expect((await mint({ origin: 'https://acme.example', link: 'none' })).status).to.equal(422);
    expect((await mint({ origin: 'https://acme.example' })).status).to.equal(201);
  });

  it('carries a number only as E.164 has it: nothing that dials more than it seems', async () => {
    const numbers = [
      '2975550199',
      '+1900555;ext=1',
      'tel:+2975550199',
      '*67+297555',
      '+２９７５５５０１９９',
      '+0297555',
      'sip:a@b',
      '+1234567890123456',
    ];
    for (const number of numbers) {
      expect((await mint({ origin: 'https://acme.example', number })).status, number).to.equal(400);
    }
  });
});
