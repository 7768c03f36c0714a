import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Webhook } from 'standardwebhooks';
import { webhookSecrets } from '#adapters/access/webhook-secrets.js';
import { EventStoreFailure } from '#domain/contracts/event-store.js';
import type { WebhookView } from '#domain/contracts/webhook-desk.js';
import { linkId, merchantId, merchantStream, webhookId, type WebhookId } from '#domain/kernel/ids.js';
import type { WebhookConfiguration } from '#domain/webhook/webhook.events.js';
import { newWorld, palmPier, startTrunkline, type TestTrunkline, type World } from '#test/support/trunkline.js';
import { openEndpoint, type Endpoint } from '#test/support/webhooks/endpoint.js';

const crm = webhookId(palmPier, 'crm');
const hour = 3_600_000;

describe('a merchant’s endpoint', () => {
  let world: World;
  let product: TestTrunkline;
  let endpoint: Endpoint;
  const opened: Endpoint[] = [];
  beforeEach(async () => {
    world = newWorld();
    product = await startTrunkline(world);
    endpoint = await openEndpoint();
    opened.push(endpoint);
  });
  afterEach(async () => {
    product.kill();
    await Promise.all(opened.splice(0).map((each) => each.close()));
  });

  const create = async (target: WebhookId, change: Partial<WebhookConfiguration> = {}): Promise<void> => {
    const configuration = { url: endpoint.url, events: ['*'], description: '', includePersonalData: false };
    const data = { ...configuration, ...change, enabled: true, secretId: 'first' };
    const outcome = await product.commands.dispatch(
      { type: 'CreateWebhook', target, at: world.clock.now(), data },
      { actor: 'merchant:palm-pier' },
    );
    expect(outcome).to.include({ outcome: 'accepted' });
    await product.pass(100);
  };
  const view = (): WebhookView => {
    const found = product.webhookDesk.webhook(crm);
    if (!found) throw new Error('no webhook');
    return found;
  };
  /** An event of the merchant’s configuration: all of these are in one lane. */
  const define = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) {
      await product.commands.dispatch(
        {
          type: 'DefineLink',
          target: merchantStream(palmPier),
          at: world.clock.now(),
          data: { linkId: linkId(palmPier, name), label: name },
        },
        { actor: 'merchant:palm-pier' },
      );
    }
  };
  const labels = (events = endpoint.taken()): unknown[] =>
    events.filter(({ type }) => type.includes('LinkDefined')).map(({ data }) => data['label']);
  const untilTaken = (...names: readonly string[]): Promise<void> =>
    product.until(`${names.join()} are taken`, () => names.every((name) => labels().includes(name)));
  /** Lets much time pass, and what follows from it happen. */
  const passHours = async (hours: number): Promise<void> => {
    for (let passed = 0; passed < hours; passed += 0.5) {
      world.clock.advance(hour / 2);
      await product.pass(1_000);
    }
  };

  it('is told what happens, signed, without what says something about a person', async () => {
    await create(crm);
    const { contactId } = await product.click();
    await product.until('the call is told', () => endpoint.taken().some(({ type }) => type.includes('PortLeased')));
    const clicked = endpoint.received.find(({ event }) => event.type.startsWith('trunkline.IconClicked.v'));
    expect(clicked?.event).to.include({ specversion: '1.0', merchantid: 'palm-pier', subject: contactId });
    expect(clicked?.event.omittedfields).to.include('page');
    expect(clicked?.event.data).to.not.have.property('page');
    const { headers, text, event } = clicked ?? expect.fail('not told');
    expect(headers['content-type']).to.match(/^application\/cloudevents\+json/);
    expect(headers['webhook-id']).to.equal(event.id);
    const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
    expect(Math.abs(at.getTime() - world.clock.now())).to.be.below(60_000);
    const secret = webhookSecrets(world.webhookSecret).secretOf(crm, 'first');
    expect(headers['webhook-signature']).to.equal(new Webhook(secret).sign(event.id, at, text));
    expect((await product.eventsOf('WebhookDelivered')).length, 'what goes well leaves nothing in the log').to.equal(0);
  });

  it('gets personal fields when the merchant asks for them, and the log holds no more for it', async () => {
    await create(crm, { includePersonalData: true, events: ['session'] });
    await product.click();
    await product.until('the click is told', () => endpoint.taken().length > 0);
    expect(endpoint.taken()[0]?.data['page']).to.have.property('title', 'Espadrille');
    expect(endpoint.taken()[0]).to.not.have.property('omittedfields');
    const ofWebhooks = (await product.events()).filter(({ stream }) => stream.startsWith('webhook-'));
    expect(JSON.stringify(ofWebhooks)).to.not.include('Espadrille');
  });

  it('is told of the events it wants, those of its merchant, after it was defined, and of no other', async () => {
    const rival = merchantId('rival');
    await product.commands.dispatch(
      { type: 'RegisterMerchant', target: merchantStream(rival), at: world.clock.now(), data: { name: 'Rival' } },
      { actor: 'operator' },
    );
    const theirs = await openEndpoint();
    opened.push(theirs);
    await define('before');
    await create(crm, { events: ['LinkDefined', 'channels'] });
    await create(webhookId(rival, 'crm'), { url: theirs.url });
    await define('after');
    await product.click();
    await untilTaken('after');
    await product.pass(2_000);
    expect(endpoint.received.map(({ event }) => event.type)).to.deep.equal(['trunkline.LinkDefined.v1']);
    expect(labels()).to.deep.equal(['after']);
    expect(theirs.received).to.deep.equal([]);
    product.kill();
    product = await startTrunkline(world);
    await product.pass(2_000);
    expect(theirs.received, 'what is read again after a restart').to.deep.equal([]);
    expect(product.webhookDesk.webhooks(rival).map(({ webhookId: id }) => id)).to.deep.equal(['webhook-rival.crm']);
  });

  it('hears the events of each contact in their order, several contacts at once', async () => {
    let underWay = 0;
    let most = 0;
    endpoint.answer((_event, response) => {
      most = Math.max(most, (underWay += 1));
      world.clock.schedule(100, () => {
        underWay -= 1;
        response.writeHead(200).end('thank you');
      });
      return 'by-hand';
    });
    await create(crm);
    for (let caller = 0; caller < 5; caller += 1) await product.click();
    await product.pass(8_000);
    const told = endpoint.received.map(({ event }) => event);
    expect(told.length).to.be.greaterThan(40);
    for (const subject of new Set(told.map((event) => event.subject))) {
      const sequence = told.filter((event) => event.subject === subject).map((event) => event.sequence);
      expect(sequence).to.deep.equal([...new Set(sequence)].sort());
    }
    expect(most).to.be.greaterThan(1);
  });

  it('that fails for a while gets it again with the same id, and what comes after it waits its turn', async () => {
    const at: number[] = [];
    endpoint.answer(({ data }) => {
      if (data['label'] !== 'one') return 200;
      at.push(world.clock.now());
      return at.length < 3 ? 500 : 200;
    });
    await create(crm, { events: ['merchant'] });
    await define('one', 'two');
    await product.until('it has failed', () => view().retrying === 1);
    expect(view()).to.include({ state: 'failing', lastFailure: view().lastFailure });
    expect(view().lastFailure).to.deep.equal({ fault: 'broken', status: 500 });
    await untilTaken('one', 'two');
    expect(labels(endpoint.received.map(({ event }) => event))).to.deep.equal(['one', 'one', 'one', 'two']);
    expect(new Set(endpoint.received.slice(0, 3).map(({ headers }) => headers['webhook-id'])).size).to.equal(1);
    const [first = 0, second = 0, third = 0] = at;
    expect(second - first).to.be.within(800, 1_500);
    expect(third - second).to.be.within(4_000, 6_500);
    await product.until('all is well', () => view().state === 'working');
  });

  it('that asks for a minute of peace gets it', async () => {
    let asked = false;
    endpoint.answer(() => {
      if (asked) return 200;
      asked = true;
      return [429, { 'retry-after': '60' }];
    });
    await create(crm, { events: ['merchant', 'session'] });
    await define('one', 'two');
    await product.until('it asks for peace', () => view().state === 'paused');
    const from = world.clock.now();
    await define('three');
    await product.click();
    await product.pass(50_000);
    expect(endpoint.received.length, 'no contact is told of, not even another one').to.equal(1);
    await untilTaken('one', 'two', 'three');
    expect(world.clock.now() - from).to.be.greaterThan(59_000);
    expect(labels()).to.deep.equal(['one', 'two', 'three']);
  });

  it('that says it is gone is told nothing any more', async () => {
    endpoint.answer(() => 410);
    await create(crm, { events: ['merchant'] });
    await define('one');
    await product.until('it is switched off', () => view().state === 'disabled');
    expect(view()).to.include({ enabled: false, disabledBecause: 'gone' });
    await define('two');
    await product.pass(5_000);
    expect(endpoint.received.length).to.equal(1);
  });

  it('that refuses one event for a day has a dead letter, can have it again, and gets all the others', async function () {
    this.timeout(60_000);
    endpoint.answer(({ data }) => (data['label'] === 'poison' ? 400 : 200));
    await create(crm, { events: ['merchant'] });
    await define('poison', 'two');
    await untilTaken('two');
    const attempts = (): number => endpoint.received.filter(({ event }) => event.data['label'] === 'poison').length;
    expect(attempts()).to.equal(4);
    await passHours(36);
    expect(view()).to.include({ deadLetters: 1, retrying: 0 });
    expect(attempts()).to.be.within(11, 13);
    const [letter] = product.webhookDesk.deadLetters(crm);
    expect(letter).to.deep.include({ eventType: 'LinkDefined', failure: { fault: 'refused', status: 400 } });
    endpoint.answer(() => 200);
    await product.commands.dispatch(
      { type: 'ResendDeadLetters', target: crm, at: world.clock.now(), data: {} },
      { actor: 'operator' },
    );
    await untilTaken('poison');
    await product.until('nothing is owed', () => view().deadLetters + view().retrying === 0);
  });

  it('that is away is left alone, probed, and told everything in order when it is back; another one never waits', async () => {
    const other = await openEndpoint();
    opened.push(other);
    await create(webhookId(palmPier, 'other'), { url: other.url, events: ['merchant'] });
    const { port } = endpoint;
    await endpoint.close();
    await create(crm, { events: ['merchant', 'session'] });
    for (let caller = 0; caller < 6; caller += 1) await product.click();
    await define('one', 'two');
    await product.until('it is left alone', () => view().state === 'paused');
    await product.until('the other is told', () => labels(other.taken()).length === 2);
    expect(view().lastFailure).to.deep.equal({ fault: 'unreachable' });
    await define('three');
    await product.pass(20_000);
    endpoint = await openEndpoint({ port });
    opened.push(endpoint);
    await untilTaken('one', 'two', 'three');
    expect(labels()).to.deep.equal(['one', 'two', 'three']);
    await product.until('all is well', () => view().state === 'working' && view().retrying === 0);
    expect(endpoint.taken().filter(({ type }) => type.includes('IconClicked')).length).to.equal(6);
  });

  it('checks with either secret while one follows the other', async () => {
    await create(crm, { events: ['merchant'] });
    await product.commands.dispatch(
      { type: 'RotateWebhookSecret', target: crm, at: world.clock.now(), data: { secretId: 'second', overlap: hour } },
      { actor: 'merchant:palm-pier' },
    );
    await define('both');
    await untilTaken('both');
    await passHours(1);
    await define('new');
    await untilTaken('new');
    const secrets = webhookSecrets(world.webhookSecret);
    const signatures = endpoint.received.map(({ headers, text }) => {
      const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
      const byId = (id: string) => new Webhook(secrets.secretOf(crm, id)).sign(headers['webhook-id'] ?? '', at, text);
      const sent = headers['webhook-signature']?.split(' ') ?? [];
      return sent.map((signature) => ['first', 'second'].find((id) => byId(id) === signature));
    });
    expect(signatures).to.deep.equal([['second', 'first'], ['second']]);
  });

  it('gets what it has not acknowledged when the product is killed in the middle of retries, and hardly more', async () => {
    endpoint.answer(({ data }) => (data['label'] === 'two' ? 503 : 200));
    await create(crm, { events: ['merchant'] });
    await define('one', 'two', 'three');
    await product.until('two has failed twice', () => endpoint.received.length >= 3);
    await product.pass(600);
    product.kill();
    endpoint.answer(() => 200);
    const before = endpoint.received.length;

    product = await startTrunkline(world);
    await define('four');
    await product.pass(1_000);
    expect(endpoint.received.length, 'it is not due yet').to.equal(before);
    await untilTaken('two', 'three', 'four');
    await product.pass(2_000);
    const told = labels(endpoint.received.slice(before).map(({ event }) => event));
    expect(told).to.deep.equal(['two', 'three', 'four']);
  });

  it('has what was set aside tried once when it is due, though a restart reads of it again', async () => {
    endpoint.answer(({ type, data }) => {
      if (type.includes('IconClicked')) return 'by-hand';
      return data['label'] === 'poison' ? 400 : 200;
    });
    await create(crm, { events: ['merchant', 'session'] });
    await product.click();
    await product.until('a delivery hangs', () => endpoint.received.length === 1);
    await define('poison', 'two');
    await untilTaken('two');
    product.kill();
    endpoint.answer(() => 200);
    const before = endpoint.received.length;

    product = await startTrunkline(world);
    await product.pass(100_000);
    await untilTaken('poison');
    await product.pass(10_000);
    const told = endpoint.received.slice(before).map(({ event }) => event);
    expect(labels(told).filter((label) => label === 'poison')).to.deep.equal(['poison']);
    expect(
      told.some(({ type }) => type.includes('IconClicked')),
      'what was under way is told again',
    ).to.equal(true);
  });

  it('loses nothing when the log can neither be read nor written for a while', async () => {
    await create(crm, { events: ['merchant'] });
    product.kill();
    const broken = new Set(['checkpoints', 'reading']);
    const inOrder = (what: string): void => {
      if (broken.has(what)) throw new EventStoreFailure('io', `${what}: the disk is away`);
    };
    const { store } = world;
    const { events, checkpoints } = store;
    world = {
      ...world,
      store: {
        ...store,
        checkpoints: {
          load: async (consumer) => {
            if (consumer.startsWith('webhook:')) inOrder('checkpoints');
            return checkpoints.load(consumer);
          },
          save: async (consumer, position) => {
            if (consumer.startsWith('webhook:')) inOrder('checkpoints');
            await checkpoints.save(consumer, position);
          },
        },
        events: {
          ...events,
          append: async (append) => {
            if (append.stream.startsWith('webhook-')) inOrder('writing');
            return events.append(append);
          },
          readAll: async function* (read) {
            if (read.filter?.categories?.join() === 'merchant') inOrder('reading');
            yield* events.readAll(read);
          },
        },
      },
    };
    product = await startTrunkline(world);
    await define('one');
    for (const what of ['checkpoints', 'reading']) {
      await product.pass(1_500);
      expect(endpoint.received, what).to.deep.equal([]);
      broken.delete(what);
    }
    await untilTaken('one');

    endpoint.answer(({ data }) => (data['label'] === 'two' && broken.has('writing') ? 500 : 200));
    broken.add('writing');
    await define('two');
    await product.until('it has failed twice', () => endpoint.received.length >= 3);
    expect(view().retrying, 'what the log could not take').to.equal(0);
    broken.delete('writing');
    await untilTaken('two');
    const said = world.complaints.join();
    for (const what of ['could not be opened', 'could not be read', 'a delivery will be tried again']) {
      expect(said).to.include(what);
    }
  });
});
