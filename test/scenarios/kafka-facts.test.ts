import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { io, type Socket } from 'socket.io-client';
import type { AgentRequest } from '#domain/contracts/agent-desk.js';
import type { AgentDesktop } from '#domain/views/agent-desktop.js';
import type { Acknowledgement } from '#domain/views/live-messages.js';
import { missingForKafka } from '#test/support/kafka/class-path.js';
import { startBroker, type KafkaBroker } from '#test/support/kafka/broker.js';
import { till } from '#test/support/kafka/till.js';
import { outsider, watchTopic } from '#test/support/kafka/topic.js';
import { skipWithout } from '#test/support/outside-service.js';
import { startProduct, type Product } from '#test/support/product.js';

type Producer = ReturnType<ReturnType<typeof outsider>['producer']>;
type Send = Readonly<{
  id?: string;
  merchantid?: string;
  type?: string;
  data: object;
  secret?: string;
  keyId?: string;
}>;

let made = 0;
const topic = 'palm.commands';
const customerRef = 'C-1042';

describe('a CRM that tells facts by Kafka', function () {
  this.timeout(120_000);
  let broker: KafkaBroker;
  let product: Product;
  let crm: Producer;
  let letters: Awaited<ReturnType<typeof watchTopic>>;
  let agent: Socket;
  let desktop: AgentDesktop | undefined;
  let key: Readonly<{ keyId: string; secret: string }>;

  const call = async (path: string, body?: object, token?: string): Promise<Record<string, string>> => {
    const response = await fetch(product.url + path, {
      method: body ? 'POST' : 'GET',
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, string>;
  };
  const ask = async (request: AgentRequest): Promise<void> => {
    const answer = (await agent.timeout(20_000).emitWithAck('request', request)) as Acknowledgement;
    if (!answer.ok) throw new Error(`${request.type}: ${answer.problem.code}`);
  };
  const tell = async ({
    id,
    merchantid = 'palm-pier',
    type = 'crm.CustomerRecordChanged.v1',
    data,
    ...signer
  }: Send) => {
    made += 1;
    const fact = { specversion: '1.0', id: id ?? `fact-${made}`, source: 'salesforce', merchantid, type, data };
    const value = JSON.stringify({ ...fact, time: new Date().toISOString() });
    const signature = `v1,${createHmac('sha256', signer.secret ?? key.secret)
      .update(value)
      .digest('base64')}`;
    const headers = { 'trunkline-key': signer.keyId ?? key.keyId, 'trunkline-signature': signature };
    await crm.send({ topic, messages: [{ key: customerRef, value, headers }] });
  };
  const shown = (name: string): string | undefined => desktop?.contact?.data.find((datum) => datum.key === name)?.value;
  const reasons = (): readonly (string | undefined)[] => letters.seen.map(({ headers }) => headers['trunkline-reason']);

  before(async function () {
    skipWithout(this, missingForKafka());
    broker = await startBroker();
    // The customer's window is not part of this story: the call goes on without it.
    const withoutWindow = { TRUNKLINE_CUSTOMER_GONE_AFTER: '3600000', TRUNKLINE_AGENT_LOST_AFTER: '3600000' };
    product = await startProduct({ TRUNKLINE_PUBLISH_TO: `kafka://${broker.address}/palm`, ...withoutWindow });
    const { apiKey, logIns } = await product.access();
    const keyId = /\.([0-9A-Z]{26})\./.exec(apiKey)?.[1] ?? '';
    const path = `/v1/merchants/palm-pier/api-keys/${keyId}/fact-secret`;
    key = (await call(path, undefined, apiKey)) as unknown as typeof key;
    const icon = { link: 'shoes', origin: product.shopUrl, customerRef };
    const { token: iconToken = '' } = await call('/v1/merchants/palm-pier/icon-tokens', icon, apiKey);
    const { token } = await call('/v1/sign-in', { login: logIns[0]?.login, password: logIns[0]?.password });
    agent = io(`${product.url}/agent`, { auth: { token }, transports: ['websocket'], reconnectionDelayMax: 500 });
    agent.on('desktop', (_position: number, told: AgentDesktop) => {
      desktop = told;
    });
    await till('the desktop is there', () => desktop !== undefined);
    await ask({ type: 'log-on' });
    await ask({ type: 'ready' });
    const click = { clickKey: 'a-click-key-of-one-hundred-bits', icon: { token: iconToken }, origin: product.shopUrl };
    await call('/v1/clicks', { ...click, context: {} });
    await till('it rings', () => desktop?.contact?.pop === 'offered');
    await ask({ type: 'answer' });
    await till('they talk', () => desktop?.state === 'busy');
    const admin = outsider(broker.address).admin();
    await admin.connect();
    await till('the topics are there', async () => (await admin.listTopics()).includes('palm.dead-letters'));
    await admin.disconnect();
    crm = outsider(broker.address).producer();
    await crm.connect();
    letters = await watchTopic(broker.address, 'palm.dead-letters');
  });
  after(async () => {
    agent.close();
    await crm.disconnect();
    await letters.close();
    await product.stop();
    await product.remove();
    await broker.remove();
  });

  it('changes the customer’s record, and the agent who talks with that customer sees it', async () => {
    await tell({ data: { customerRef, changes: { tier: 'gold' } } });
    await till('the agent sees it', () => shown('tier') === 'gold');
    expect(desktop?.contact?.data.find((datum) => datum.key === 'tier')).to.include({ by: 'crm:salesforce' });
  });

  it('is not believed when somebody else signs, or the same key for another merchant', async () => {
    const before = reasons().length;
    await tell({ data: { customerRef, changes: { tier: 'forged' } }, secret: 'not the secret' });
    await tell({ data: { customerRef, changes: { tier: 'forged' } }, keyId: '01J8ZQ0000000000000000000A' });
    await tell({ data: { customerRef, changes: { tier: 'forged' } }, merchantid: 'globex' });
    await till('they are among the dead letters', () => reasons().length === before + 3);
    expect(reasons().slice(before)).to.deep.equal(Array(3).fill('forged-signature'));
    expect(shown('tier')).to.equal('gold');
  });

  it('does not hold up others with messages that nobody can understand: they are set aside with the reason', async () => {
    const before = letters.seen.length;
    const headers = { 'trunkline-key': key.keyId, 'trunkline-signature': 'v1,AAAA' };
    const poison = ['{', '{"specversion":"1.0"}', '{"__proto__":{}}', 'x'.repeat(200_000), Buffer.from([0xff, 0xfe])];
    await crm.send({
      topic,
      messages: [...poison.map((value) => ({ value, headers })), { value: '{}' }, { value: null, headers }],
    });
    await tell({ data: { customerRef, changes: { tier: 'platinum' } } });
    await till('what follows is taken', () => shown('tier') === 'platinum');
    await till('the others are set aside', () => letters.seen.length === before + 7);
    const set = letters.seen.slice(before);
    const names = ['malformed-json', 'invalid-request', 'forbidden-key', 'message-too-long', 'malformed-json'];
    expect(set.map(({ headers: { 'trunkline-reason': reason } }) => reason)).to.have.members([
      ...names,
      'not-signed',
      'empty-message',
    ]);
    for (const { headers: where } of set) {
      expect(where['trunkline-topic']).to.equal(topic);
      expect(where['trunkline-offset']).to.match(/^\d+$/);
      expect(where['trunkline-partition']).to.match(/^\d+$/);
    }
    expect(set.some(({ value }) => value === '{"specversion":"1.0"}')).to.equal(true);
  });

  it('is heard once, however often it says it, also over a kill of the product', async () => {
    await tell({ id: 'said-twice', data: { customerRef, changes: { note: 'first' } } });
    await till('the agent sees it', () => shown('note') === 'first');
    await tell({ data: { customerRef, changes: { note: 'second' } } });
    await till('the agent sees it', () => shown('note') === 'second');
    await product.kill();
    await tell({ id: 'said-twice', data: { customerRef, changes: { note: 'first' } } });
    await tell({ data: { customerRef, changes: { mark: 'after the restart' } } });
    await product.startAgain();
    await till('what was told meanwhile is taken', () => shown('mark') === 'after the restart');
    expect(shown('note')).to.equal('second');
  });

  it('goes on telling after the broker was killed', async () => {
    await broker.kill();
    await broker.start();
    await tell({ data: { customerRef, changes: { mark: 'after the broker' } } });
    await till('it is taken', () => shown('mark') === 'after the broker');
  });

  it('records the disposition, which ends the agent’s wrap-up', async () => {
    const contactId = desktop?.contact?.contactId ?? '';
    const told = {
      type: 'crm.DispositionRecorded.v1',
      data: { contactId, agentId: 'agent-palm-pier.anna', code: 'sold' },
    };
    await ask({ type: 'clear' });
    await till('wrap-up begins', () => desktop?.state === 'working-after-call');
    await tell(told);
    await till('wrap-up is over', () => desktop?.state === 'ready');
    const before = reasons().length;
    await tell(told);
    await till('a second one is refused', () => reasons().length > before);
    expect(reasons().at(-1)).to.match(/not-your-contact|not-working-after-call/);
  });
});
