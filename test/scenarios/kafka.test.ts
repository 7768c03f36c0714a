import { join } from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { CloudEvent } from '#adapters/event-publisher/cloud-event.js';
import { readSqliteLog } from '#adapters/event-store/sqlite/read-sqlite-log.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { missingForKafka } from '#test/support/kafka/class-path.js';
import { startBroker, type KafkaBroker } from '#test/support/kafka/broker.js';
import { differentIn, envelopesIn, expectTold } from '#test/support/kafka/contacts.js';
import { till } from '#test/support/kafka/till.js';
import { watchTopic, type SeenMessage } from '#test/support/kafka/topic.js';
import { skipWithout } from '#test/support/outside-service.js';
import { startProduct, type Product } from '#test/support/product.js';

type Health = Readonly<{
  ready: boolean;
  position: number;
  publishing: readonly Readonly<{ name: string; position: number; lag: number; state: string }>[];
}>;

describe('a product that publishes to Kafka', function () {
  this.timeout(120_000);
  let broker: KafkaBroker;
  let product: Product;
  let watched: Awaited<ReturnType<typeof watchTopic>>;

  before(async function () {
    skipWithout(this, missingForKafka());
    broker = await startBroker();
    product = await startProduct({
      TRUNKLINE_PUBLISH_TO: `kafka://${broker.address}/palm`,
      TRUNKLINE_LOG_LEVEL: 'info',
    });
    await till('the topic is there', async () => (await health()).publishing[0]?.state === 'up-to-date');
    watched = await watchTopic(broker.address, 'palm.events');
  });
  after(async () => {
    await watched.close();
    await product.stop();
    await product.remove();
    await broker.remove();
  });

  const health = async (): Promise<Health> => (await (await fetch(`${product.url}/healthz`)).json()) as Health;
  const click = async (key: string): Promise<void> => {
    const response = await fetch(`${product.url}/v1/clicks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        clickKey: `a-click-key-of-one-hundred-bits-${key}`,
        icon: { link: 'link-palm-pier.shoes', customer: 'canary-customer' },
        origin: product.shopUrl,
        context: { page: { url: `${product.shopUrl}/canary-page`, title: 'Canary title', at: Date.now() } },
      }),
    });
    if (!response.ok) throw new Error(await response.text());
  };

  it('tells the whole call, and nothing that says something about the customer', async () => {
    await click('1');
    await till('the call is told', () => watched.seen.some(({ value }) => value.includes('trunkline.CallQueued.v1')));
    const { type, subject, source } =
      envelopesIn(watched.seen).find(({ type: each }) => each.includes('IconClicked')) ?? {};
    expect([type, source]).to.deep.equal(['trunkline.IconClicked.v1', '/trunkline/palm-pier']);
    expect(subject).to.match(/^contact-palm-pier\./);
    const everything = watched.seen.map(({ value }) => value).join('\n');
    expect(everything).to.include('"omittedfields":"page');
    expect(everything).to.not.match(/canary/i);
  });

  it('is killed in mid-run, goes on where it was, and tells twice only what it then tells with the same id', async () => {
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(Array.from({ length: 25 }, (_, nth) => click(`killed-${round}-${nth}`)));
      await product.kill();
      await product.startAgain();
    }
    await till('everything is told', async () => {
      const { publishing, position } = await health();
      return publishing[0]?.position === position && position > 0;
    });
    await product.stop();
    const log: RecordedEvent[] = [];
    for await (const event of readSqliteLog(join(product.data, 'events.db'))) log.push(event);
    await product.startAgain();
    const logged = new Set<string>(log.map(({ id }) => id));
    const told = (): readonly SeenMessage[] =>
      watched.seen.filter(({ value }) => logged.has((JSON.parse(value) as CloudEvent).id));
    await till('the topic is read', () => differentIn(told()) === log.length);
    expectTold(told(), log);
  });

  it('takes calls while the broker is away, says so, and makes up for it', async () => {
    await broker.kill();
    await click('away');
    await till('health says so', async () => ((await health()).publishing[0]?.lag ?? 0) > 0);
    expect((await health()).ready).to.equal(true);
    await broker.start();
    await till('it has made up for it', async () => (await health()).publishing[0]?.lag === 0);
  });

  it('stops when it is told to while the broker is away, with nothing to complain about', async () => {
    await broker.kill();
    await click('stopping');
    expect(await product.stop()).to.equal(0);
    await broker.start();
    await product.startAgain();
  });
});
