import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { webhookId } from '#domain/kernel/ids.js';
import { acme, anna, boris, globex, serveEdge, type ServedEdge } from '#test/support/served-edge.js';

const crm = { url: 'https://crm.acme.example/hooks', events: ['CallDelivered', 'agent'] };

describe('the webhooks of a merchant, asked for over HTTP', () => {
  let edge: ServedEdge;
  let key: string;
  beforeEach(async () => {
    edge = await serveEdge();
    key = edge.keyOf(acme);
  });
  afterEach(() => edge.close());

  const ask = (method: string, path: string, json?: unknown, token = key) =>
    edge.ask(`/v1/merchants/acme/webhooks${path}`, { method, token, ...(json !== undefined && { json }) });
  const codeOf = ({ json }: { json: unknown }): unknown => (json as { code?: string }).code;
  const create = async (more: object = {}): Promise<{ webhookId: string; secret: string; path: string }> => {
    const { status, json } = await ask('POST', '', { ...crm, ...more });
    expect(status, JSON.stringify(json)).to.equal(201);
    const made = json as { webhookId: string; secret: string };
    return { ...made, path: `/${made.webhookId.split('.')[1] ?? ''}` };
  };

  it('are defined with careful values for what is left out; the secret is shown then and never again', async () => {
    const { webhookId: id, secret, path } = await create();
    expect(id).to.match(/^webhook-acme\.[0-9A-Z]{26}$/);
    expect(secret).to.match(/^whsec_/);
    const { command, cause } = edge.desks.seen.commands.at(-1) ?? {};
    expect(command).to.include({ type: 'CreateWebhook', target: id });
    expect(cause).to.deep.equal({ actor: 'merchant:acme' });
    const { json, text } = await ask('GET', path);
    expect(json).to.deep.include({ ...crm, description: '', includePersonalData: false, enabled: true });
    expect(text).to.not.include('whsec_');
    expect((await ask('GET', '')).json).to.deep.equal({ webhooks: [json] });
  });

  it('are changed, switched off and on, and removed', async () => {
    const { path } = await create();
    const changed = await ask('PUT', path, { ...crm, description: 'ours', includePersonalData: true, enabled: false });
    expect(changed.status).to.equal(200);
    expect((await ask('GET', path)).json).to.deep.include({ description: 'ours', enabled: false, state: 'disabled' });
    expect((await ask('DELETE', path)).status).to.equal(200);
    const { status, json } = await ask('GET', path);
    expect([status, codeOf({ json })]).to.deep.equal([404, 'unknown-webhook']);
    expect(codeOf(await ask('PUT', path, crm))).to.equal('unknown-webhook');
  });

  it('have a new secret whenever one is asked for', async () => {
    const { path, secret } = await create();
    const { status, json } = await ask('POST', `${path}/secret`, { overlapSeconds: 60 });
    expect(status).to.equal(201);
    expect((json as { secret: string }).secret)
      .to.match(/^whsec_/)
      .and.to.not.equal(secret);
    expect(edge.desks.seen.commands.at(-1)?.command.data).to.include({ overlap: 60_000 });
    expect((await ask('POST', `${path}/secret`, { overlapSeconds: -1 })).status).to.equal(400);
    expect((await ask('POST', '/unheard-of/secret', {})).status).to.equal(404);
  });

  it('are refused with the reason, and nothing is asked of the rules that need not be', async () => {
    const refusals: readonly (readonly [object, number, string])[] = [
      [{ url: 'crm.acme.example' }, 422, 'bad-webhook-url'],
      [{ url: 'https://10.0.0.1/' }, 422, 'webhook-address-not-allowed'],
      [{ events: ['CallExploded'] }, 422, 'unknown-event-type'],
      [{ events: [] }, 400, 'invalid-request'],
      [{ url: `https://crm.acme.example/${'x'.repeat(3_000)}` }, 400, 'invalid-request'],
      [{ secret: 'whsec_mine' }, 400, 'invalid-request'],
    ];
    const { path } = await create();
    for (const [change, status, code] of refusals) {
      for (const answer of [
        await ask('POST', '', { ...crm, ...change }),
        await ask('PUT', path, { ...crm, ...change }),
      ]) {
        expect([answer.status, codeOf(answer)], JSON.stringify(change).slice(0, 60)).to.deep.equal([status, code]);
      }
    }
  });

  it('are twenty at most', async () => {
    for (let count = 0; count < 20; count += 1) await create();
    const answer = await ask('POST', '', crm);
    expect([answer.status, codeOf(answer)]).to.deep.equal([409, 'too-many-webhooks']);
  });

  it('show what was given up, and send it again', async () => {
    const { path, webhookId: id } = await create();
    const target = webhookId(acme, id.split('.')[1] ?? '');
    const answer = { outcome: 'failed', failure: { fault: 'broken', status: 500 } } as const;
    const data = { position: 7, eventId: 'e7', eventType: 'CallDelivered', answer, chance: 0.5 };
    for (const days of [0, 1]) {
      const at = (edge.clock.now() + days * 86_400_000) as ReturnType<typeof edge.clock.now>;
      await edge.desks.commands.dispatch({ type: 'ReportDeliveryAnswer', target, at, data }, { actor: 'webhook' });
    }
    const { json } = await ask('GET', `${path}/dead-letters`);
    expect(json).to.have.nested.property('deadLetters[0].eventId', 'e7');
    expect((await ask('POST', `${path}/dead-letters/resend`, { positions: [8] })).status).to.equal(404);
    expect((await ask('POST', `${path}/dead-letters/resend`, { positions: [7] })).status).to.equal(200);
    expect((await ask('GET', `${path}/dead-letters`)).json).to.deep.equal({ deadLetters: [] });
    expect((await ask('POST', `${path}/resume`)).status).to.equal(200);
    expect((await ask('GET', '/unheard-of/dead-letters')).status).to.equal(404);
  });

  it('are nobody else’s business: another merchant finds nothing, and an agent may not look', async () => {
    const { path } = await create();
    const theirs = edge.keyOf(globex);
    const ways = [
      ['GET', ''],
      ['POST', ''],
      ['GET', path],
      ['PUT', path],
      ['DELETE', path],
      ['POST', `${path}/secret`],
      ['GET', `${path}/dead-letters`],
      ['POST', `${path}/dead-letters/resend`],
      ['POST', `${path}/resume`],
    ] as const;
    const { token } = await edge.signedIn(boris);
    for (const [method, under] of ways) {
      const json = method === 'GET' ? undefined : {};
      expect((await ask(method, under, json, theirs)).status, `${method} ${under}`).to.equal(404);
      expect((await ask(method, under, json, token)).status, `${method} ${under} by an agent`).to.equal(403);
      expect((await ask(method, under, json, 'x')).status, `${method} ${under} by nobody`).to.equal(401);
    }
    const own = await edge.ask(`/v1/merchants/globex/webhooks${path}`, { token: theirs });
    expect([own.status, codeOf(own)]).to.deep.equal([404, 'unknown-webhook']);
    expect((await ask('GET', '', undefined, (await edge.signedIn(anna)).token)).status).to.equal(200);
  });
});
