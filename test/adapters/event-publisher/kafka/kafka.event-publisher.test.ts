import { expect } from 'chai';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { systemClock } from '#adapters/clock/system.clock.js';
import { kafkaEventPublisher } from '#adapters/event-publisher/kafka/kafka.event-publisher.js';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import type { EventPublisher } from '#domain/contracts/event-publisher.js';
import { publishLog, type LogPublication } from '#src/application/publish-log.js';
import { missingForKafka } from '#test/support/kafka/class-path.js';
import { callsGoOn, differentIn, envelopesIn, expectTold } from '#test/support/kafka/contacts.js';
import { startBroker, type KafkaBroker } from '#test/support/kafka/broker.js';
import { till } from '#test/support/kafka/till.js';
import { outsider, watchTopic, type SeenMessage } from '#test/support/kafka/topic.js';
import { skipWithout } from '#test/support/outside-service.js';
import { collect } from '#test/support/store-harness.js';

let broker: KafkaBroker;
let suites = 0;

describe('events published to Kafka', function () {
  this.timeout(90_000);

  let store: ReturnType<typeof memoryStore>;
  let publisher: EventPublisher;
  let publication: LogPublication;
  let prefix: string;
  let warnings: string[];
  let watchers: { close: () => Promise<void> }[];

  before(async function () {
    skipWithout(this, missingForKafka());
    broker = await startBroker();
  });
  after(async () => {
    await broker.remove();
  });

  const publish = async (stallAfter = 60_000): Promise<void> => {
    const said = (_fields: object, message: string): void => void warnings.push(message);
    const log = { debug: () => undefined, info: said, warn: said, error: said };
    const clock = systemClock;
    const settings = {
      connection: { brokers: [broker.address] },
      topicPrefix: prefix,
      installation: '/test',
      stallAfter,
    };
    publisher = kafkaEventPublisher(settings, { clock, log });
    const { events, checkpoints } = store;
    publication = await publishLog({
      name: 'kafka',
      store: events,
      checkpoints,
      publisher,
      clock,
      log,
      warnAfter: 2_000,
    });
  };

  const watch = async (): Promise<readonly SeenMessage[]> => {
    const { seen, close } = await watchTopic(broker.address, `${prefix}.events`);
    watchers.push({ close });
    return seen;
  };

  const logged = () => collect(store.events.readAll({ after: 0 }));
  const upToDate = () =>
    till('everything is published', async () => {
      return publication.health().position === (await store.events.lastPosition());
    });

  beforeEach(() => {
    suites += 1;
    prefix = `shop-${suites}`;
    warnings = [];
    watchers = [];
    store = memoryStore({ clock: systemClock });
  });
  afterEach(async () => {
    await publication.close();
    await Promise.all(watchers.map(({ close }) => close()));
  });

  it('are all there, each once, in the order of each contact, keyed by it', async () => {
    await callsGoOn(store.events, 5_000);
    await publish();
    await upToDate();
    await callsGoOn(store.events, 500);
    await upToDate();
    const seen = await watch();
    await till('the topic is read', () => seen.length >= 5_500);
    expectTold(seen, await logged());
    expect(seen).to.have.length(5_500);
    expect(new Set(seen.map(({ partition }) => partition)).size).to.be.greaterThan(1);
    expect(publication.health()).to.deep.include({ name: 'kafka', lag: 0, state: 'up-to-date' });
  });

  it('are neither lost nor reordered when the broker is killed in mid-run and comes back', async () => {
    await publish();
    await callsGoOn(store.events, 500);
    await upToDate();
    for (let round = 0; round < 2; round += 1) {
      const goingOn = callsGoOn(store.events, 6_000);
      await broker.kill();
      await goingOn;
      await callsGoOn(store.events, 300);
      await till('the trouble is noticed', () => publisher.trouble() !== undefined);
      expect(publication.health().lag).to.be.greaterThan(0);
      await broker.start();
      await upToDate();
      expect(publisher.trouble()).to.equal(undefined);
    }
    const seen = await watch();
    await till('the topic is read', () => differentIn(seen) >= 13_100);
    expectTold(seen, await logged());
  });

  it('wait while there is no broker, with a warning, and are told when there is one', async () => {
    await broker.kill();
    await publish();
    await callsGoOn(store.events, 100);
    await till('somebody is warned', () => warnings.includes('events wait to be published'));
    expect(publication.health()).to.deep.include({ position: 0, lag: 100, state: 'late' });
    expect(publisher.trouble()).to.match(/connect/i);
    await broker.start();
    await upToDate();
    await till('the warning is lifted', () => warnings.includes('events are published without delay again'));
    const seen = await watch();
    await till('the topic is read', () => differentIn(seen) >= 100);
    expectTold(seen, await logged());
  });

  it('go on from where they were after a restart, and what was told is not told again', async () => {
    await publish();
    await callsGoOn(store.events, 1_000);
    await upToDate();
    await publication.close();
    await callsGoOn(store.events, 200);
    await publish();
    await upToDate();
    const seen = await watch();
    await till('the topic is read', () => seen.length >= 1_200);
    expectTold(seen, await logged());
    expect(seen).to.have.length(1_200);
  });

  it('go into a new topic when somebody has deleted the old one', async () => {
    await publish();
    await callsGoOn(store.events, 100);
    await upToDate();
    const admin = outsider(broker.address).admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [`${prefix}.events`] });
    await till('it is gone', async () => !(await admin.listTopics()).includes(`${prefix}.events`));
    const told = await store.events.lastPosition();
    await callsGoOn(store.events, 100);
    await upToDate();
    await admin.disconnect();
    const seen = await watch();
    await till('the new topic is read', () => differentIn(seen) >= 100);
    expectTold(
      seen,
      (await logged()).filter(({ position }) => position > told),
    );
  });

  it('go without their data when they are too large for the brokers, and the others with theirs', async () => {
    const monster = { device: 'd', transcript: 'x'.repeat(2_000_000) };
    await publish();
    await callsGoOn(store.events, 20);
    await callsGoOn(store.events, 1, monster);
    await callsGoOn(store.events, 20);
    await upToDate();
    const seen = await watch();
    await till('the topic is read', () => differentIn(seen) >= 41);
    expectTold(seen, await logged());
    const bare = envelopesIn(seen).filter(({ omittedfields }) => omittedfields !== undefined);
    expect(bare.map(({ data, omittedfields }) => ({ data, omittedfields }))).to.deep.equal([
      { data: {}, omittedfields: 'device,transcript' },
    ]);
    expect(warnings.filter((said) => said.includes('too large'))).to.have.length(1);
  });

  it('are sent by a new client when the old one stalls with a broker that says nothing more', async () => {
    await publish(3_000);
    await callsGoOn(store.events, 100);
    await upToDate();
    broker.freeze();
    await callsGoOn(store.events, 100);
    await till('the stall is noticed', () => warnings.includes('a thread has stalled and is ended'));
    await till('it is given up for a new one', () => warnings.includes('a thread has ended and will be made anew'));
    broker.thaw();
    await upToDate();
    const seen = await watch();
    await till('the topic is read', () => differentIn(seen) >= 200);
    expectTold(seen, await logged());
  });
});
