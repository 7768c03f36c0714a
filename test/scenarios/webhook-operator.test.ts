import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Webhook } from 'standardwebhooks';
import { httpServer, type HttpServer } from '#adapters/http/express.http-server.js';
import { ordinaryHttpSettings } from '#adapters/http/settings.js';
import { merchantStream, webhookId } from '#domain/kernel/ids.js';
import { after } from '#domain/kernel/time.js';
import { webhooks } from '#src/cli/webhooks.js';
import { recordingLog } from '#test/support/served-edge.js';
import { newWorld, palmPier, startTrunkline, type TestTrunkline, type World } from '#test/support/trunkline.js';
import { openEndpoint, type Endpoint } from '#test/support/webhooks/endpoint.js';

const day = 86_400_000;

describe('an operator at a terminal', () => {
  let world: World;
  let product: TestTrunkline;
  let http: HttpServer;
  let url: string;
  let apiKey: string;
  let endpoint: Endpoint;
  beforeEach(async () => {
    world = newWorld();
    product = await startTrunkline(world);
    http = httpServer({
      ...product,
      ids: world.ids,
      log: recordingLog(),
      settings: { ...ordinaryHttpSettings, webDirectory: '/nowhere', port: 0 },
    });
    url = await http.listen();
    endpoint = await openEndpoint();
    const { key, keyId, sha256 } = product.access.makeApiKey(palmPier);
    apiKey = key;
    await product.commands.dispatch(
      {
        type: 'IssueApiKey',
        target: merchantStream(palmPier),
        at: world.clock.now(),
        data: { keyId, label: 'test', sha256 },
      },
      { actor: 'operator' },
    );
    await product.pass(100);
  });
  afterEach(async () => {
    product.kill();
    await http.close();
    await endpoint.close();
  });

  const say = async (...words: readonly string[]) => {
    const said: string[] = [];
    const complaints: string[] = [];
    const options = { server: url, merchant: palmPier, apiKey, data: '/nowhere' };
    const terminal = {
      print: (line: string) => void said.push(line),
      complain: (line: string) => void complaints.push(line),
    };
    return { code: await webhooks(words, options, terminal), said, complaints };
  };
  const create = async (): Promise<{ name: string; secret: string }> => {
    const response = await fetch(`${url}/v1/merchants/palm-pier/webhooks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ url: endpoint.url, events: ['OriginVerified'] }),
    });
    const { webhookId: id, secret } = (await response.json()) as { webhookId: string; secret: string };
    await product.pass(100);
    return { name: id.split('.')[1] ?? '', secret };
  };
  const verifyOrigin = (origin: string) =>
    product.commands.dispatch(
      { type: 'VerifyOrigin', target: merchantStream(palmPier), at: world.clock.now(), data: { origin } },
      { actor: 'merchant:palm-pier' },
    );

  it('sees that there are no webhooks, and then how the one is that was just defined', async () => {
    expect((await say()).said).to.deep.equal(['This merchant has no webhooks.']);
    const { name, secret } = await create();
    await verifyOrigin('https://new.palm-pier.example');
    await product.until('it is told', () => endpoint.taken().length === 1);
    const [{ headers, text } = expect.fail('nothing came')] = endpoint.received;
    const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
    expect(headers['webhook-signature']).to.equal(new Webhook(secret).sign(headers['webhook-id'] ?? '', at, text));
    const { code, said } = await say('list');
    expect(code).to.equal(0);
    expect(said).to.deep.equal([`${name}  working  0 to be tried again  0 dead letters  ${endpoint.url}`]);
  });

  it('sees what was given up and sends it again, one by its position or all', async () => {
    endpoint.answer(() => 500);
    const { name } = await create();
    expect((await say('dead-letters', name)).said).to.deep.equal(['There are no dead letters.']);
    for (const place of ['one', 'two']) await verifyOrigin(`https://${place}.palm-pier.example`);
    await product.until('it has failed', () => endpoint.received.length > 0);
    const events = (await product.eventsOf('OriginVerified')).slice(-2);
    for (const { position, id } of events) {
      for (const days of [0, 2]) {
        const answer = { outcome: 'failed', failure: { fault: 'refused', status: 400 } } as const;
        const data = { position, eventId: id, eventType: 'OriginVerified', answer, chance: 0.5 };
        const [target, at] = [webhookId(palmPier, name), after(world.clock.now(), days * day)];
        await product.commands.dispatch({ type: 'ReportDeliveryAnswer', target, at, data }, { actor: 'webhook' });
      }
    }
    await product.pass(500);
    const [first = 0, second = 0] = events.map(({ position }) => position);
    const { said } = await say('dead-letters', name);
    expect(said.length).to.equal(2);
    expect(said[0]).to.match(new RegExp(`^${first}  OriginVerified  .* attempts until .*refused \\(400\\)$`));
    endpoint.answer(() => 200);
    const resend = await say('resend', name, String(second));
    expect([resend.code, ...resend.said]).to.deep.equal([0, 'They are being sent again.']);
    await product.until('the second is taken', () => endpoint.taken().some(({ id }) => id === events[1]?.id));
    expect((await say('resend', name)).code).to.equal(0);
    await product.until('the first is taken', () => endpoint.taken().some(({ id }) => id === events[0]?.id));
    expect((await say('dead-letters', name)).said).to.deep.equal(['There are no dead letters.']);
    expect((await say('resend', name, String(second))).complaints).to.deep.equal(['Unknown dead letter']);
  });

  it('is told how to say it, and why it cannot be done', async () => {
    for (const words of [['listen'], ['resend'], ['dead-letters'], ['resend', 'crm', 'all'], ['list', 'crm']]) {
      const { code, complaints } = await say(...words);
      expect([code, complaints.length], words.join(' ')).to.deep.equal([2, 1]);
    }
    expect(await say('dead-letters', 'crm')).to.deep.include({ code: 1, complaints: ['Unknown webhook'] });
    const terminal = { print: () => undefined, complain: (line: string) => void complaints.push(line) };
    const complaints: string[] = [];
    expect(await webhooks([], { data: '/nowhere' }, terminal)).to.equal(2);
    expect(await webhooks([], { data: '/nowhere', apiKey, server: 'http://127.0.0.1:1' }, terminal)).to.equal(1);
    expect(complaints[0]).to.include('--api-key');
    expect(complaints[1]).to.include('--server');
  });
});
