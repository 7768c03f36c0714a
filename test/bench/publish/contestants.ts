import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { systemClock } from '#adapters/clock/system.clock.js';
import { cloudEventOf } from '#adapters/event-publisher/cloud-event.js';
import { kafkaEventPublisher } from '#adapters/event-publisher/kafka/kafka.event-publisher.js';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import { publishLog } from '#src/application/publish-log.js';
import { outsider } from '#test/support/kafka/topic.js';

type Message = Readonly<{ key: string; value: string }>;

/** Events a second, and how much of the main thread it took. */
export type Measured = Readonly<{ eventsPerSecond: number; loopUse: number }>;

const installation = 'https://cti.example';
/** What comes before is not measured: threads start, connections open, code gets warm. */
const warmUp = 0.5;
const bareBatch = 1_000;
const log = { debug: () => undefined, info: () => undefined, warn: console.warn, error: console.error };

/** `go` says when it is warm, and how many events it has sent by then. */
const measure = async (count: number, go: (onWarm: (sent: number) => void) => Promise<void>): Promise<Measured> => {
  let [before, began, use] = [0, performance.now(), performance.eventLoopUtilization()];
  await go((sent) => {
    [before, began, use] = [sent, performance.now(), performance.eventLoopUtilization()];
  });
  return {
    eventsPerSecond: ((count - before) / (performance.now() - began)) * 1000,
    loopUse: performance.eventLoopUtilization(use).utilization,
  };
};

/** The product's publisher, from the log on the disk to the brokers' acknowledgement. */
export const trunkline = (events: EventStore, count: number, address: string, topicPrefix: string): Promise<Measured> =>
  measure(count, async (onWarm) => {
    const clock = systemClock;
    const settings = { connection: { brokers: [address] }, topicPrefix, installation };
    const publisher = kafkaEventPublisher(settings, { clock, log });
    const { checkpoints } = memoryStore({ clock });
    const publication = await publishLog({
      name: 'bench',
      store: events,
      checkpoints,
      publisher,
      clock,
      log,
      warnAfter: 600_000,
    });
    const until = async (position: number): Promise<void> => {
      while (publication.health().position < position) await sleep(1);
    };
    await until(count * warmUp);
    onWarm(publication.health().position);
    await until(count);
    await publication.close();
  });

/** The same bytes from memory, by kafkajs and nothing else; as many at once as served it best. */
export const bareKafkajs = (messages: readonly Message[], address: string, topic: string): Promise<Measured> =>
  measure(messages.length, async (onWarm) => {
    const producer = outsider(address).producer({
      maxInFlightRequests: 1,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    let warm = false;
    for (let from = 0; from < messages.length; from += bareBatch) {
      if (!warm && from >= messages.length * warmUp) {
        warm = true;
        onWarm(from);
      }
      await producer.send({ topic, acks: -1, messages: messages.slice(from, from + bareBatch) });
    }
    await producer.disconnect();
  });

/** Everything in the log as it is published. */
export const messagesOf = async (events: EventStore): Promise<readonly Message[]> => {
  const messages: Message[] = [];
  for await (const event of events.readAll({ after: 0 })) {
    const envelope = cloudEventOf(event, { installation, personalFields: 'omitted' });
    messages.push({ key: envelope.subject, value: JSON.stringify(envelope) });
  }
  return messages;
};

/** A topic as the product makes it. */
export const makeTopic = async (address: string, topic: string): Promise<void> => {
  const admin = outsider(address).admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 12 }], waitForLeaders: true });
  await admin.disconnect();
};
