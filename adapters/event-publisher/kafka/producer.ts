import kafkajs, { type Producer } from 'kafkajs';
import { withoutData } from '../cloud-event.js';
import { insist } from './insist.js';
import { kafkaClient, partWith, rootOf } from './kafka-client.js';
import type { KeyedValue, ProducerReport, ProducerSettings } from './producer.protocol.js';
import { ensureTopics } from './topics.js';

/** A producer that has failed this often in a row is given up for a new one. */
const failuresForgiven = 3;
const tooLarge = ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'];

/** A connected producer, and the partitions that its last batch went to. */
type Connected = Readonly<{ producer: Producer; chosen: Set<number> }>;

const idOf = (value: string): string => (JSON.parse(value) as { id: string }).id;

const keysRemembered = 20_000;

/** Kafka's usual partitioner, with its answers remembered while the topic has so many partitions: contacts have many events. */
const rememberingPartitioner =
  (chosen: Set<number>): kafkajs.ICustomPartitioner =>
  () => {
    const choose = kafkajs.Partitioners.DefaultPartitioner();
    const known = new Map<string, number>();
    let partitions = 0;
    return (asked) => {
      if (partitions !== asked.partitionMetadata.length || known.size > keysRemembered) known.clear();
      partitions = asked.partitionMetadata.length;
      const key = String(asked.message.key);
      const partition = known.get(key) ?? choose(asked);
      known.set(key, partition);
      chosen.add(partition);
      return partition;
    };
  };

const connect = async ({ connection, topics }: ProducerSettings): Promise<Connected> => {
  const kafka = kafkaClient(connection);
  const admin = kafka.admin();
  const chosen = new Set<number>();
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: rememberingPartitioner(chosen),
    retry: { retries: 1, initialRetryTime: 100 },
  });
  try {
    await admin.connect();
    await ensureTopics(admin, topics, [topics.events]);
    await producer.connect();
    return { producer, chosen };
  } catch (failure) {
    await partWith(producer);
    throw failure;
  } finally {
    await partWith(admin);
  }
};

/**
 * Sends batches one after another, each until the brokers have it. A batch that failed is sent again as it was, first by
 * the same producer, whose sequence numbers let brokers tell what they have already; then by a new one.
 */
export const createProducer = (settings: ProducerSettings, report: (report: ProducerReport) => void) => {
  const { events: topic } = settings.topics;
  let connected: Connected | undefined;

  const sendOnce = async (messages: readonly KeyedValue[]): Promise<void> => {
    connected ??= await connect(settings);
    const { producer, chosen } = connected;
    chosen.clear();
    const answers = await producer.send({
      topic,
      acks: -1,
      messages: messages.map(([key, value]) => ({ key, value })),
    });
    const answered = new Set(answers.map(({ partition }) => partition));
    // kafkajs 2.2 leaves out, without a word, what it retries for a partition that has moved to a broker which had answered.
    const silent = [...chosen].filter((partition) => !answered.has(partition));
    if (silent.length > 0) throw new Error(`no answer for partitions ${silent.join(', ')}`);
  };

  const drop = async (): Promise<void> => {
    const dropped = connected;
    connected = undefined;
    if (dropped) await partWith(dropped.producer);
  };

  const onFailure = async (failure: unknown, failures: number): Promise<void> => {
    const { type, message } = rootOf(failure);
    report({ type: 'trouble', why: message });
    if (failures % failuresForgiven === 0 || type === 'UNKNOWN_TOPIC_OR_PARTITION') await drop();
  };

  /** Halves what is too large for the brokers, down to a single event, which then goes without its data. */
  const send = async (messages: readonly KeyedValue[]): Promise<void> => {
    const fits = await insist(async () => {
      try {
        await sendOnce(messages);
        return true;
      } catch (failure) {
        if (tooLarge.includes(rootOf(failure).type ?? '')) return false;
        throw failure;
      }
    }, onFailure);
    if (fits) return;
    const [first, ...others] = messages;
    if (first && others.length === 0) {
      const [key, value] = first;
      const less = withoutData(value);
      // Even the bare envelope is too large: the topic takes nothing at all, and only its keeper can help.
      if (less === value) throw new Error(`topic ${topic} takes no messages of ${value.length} bytes`);
      await send([[key, less]]);
      report({ type: 'without-data', id: idOf(value) });
      return;
    }
    const half = Math.ceil(messages.length / 2);
    await send(messages.slice(0, half));
    await send(messages.slice(half));
  };

  return { send, close: drop };
};
