import type { EachBatchPayload, IHeaders, KafkaMessage, Producer } from 'kafkajs';
import { kafkaClient, partWith } from './kafka-client.js';
import type { FactMessage, FactsSettings, RefusedFact } from './facts.protocol.js';
import { ensureTopics } from './topics.js';

const together = 100;
const beatEveryMs = 2_000;

export type FactsConsumer = Readonly<{
  settings: FactsSettings;
  /** Answers which of them will never be taken; the others are durable by then. */
  take: (messages: readonly FactMessage[]) => Promise<readonly RefusedFact[]>;
  /** It is fetching: it has not stalled. */
  onAlive: () => void;
  onCrash: (error: Error) => void;
}>;

const headersOf = (headers: IHeaders | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers ?? {}).flatMap(([name, value]) =>
      value === undefined || Array.isArray(value) ? [] : [[name.toLowerCase(), value.toString()]],
    ),
  );

const messageOf = ({ key, value, headers }: KafkaMessage): FactMessage => ({ key, value, headers: headersOf(headers) });

const portions = (messages: readonly KafkaMessage[]): readonly (readonly KafkaMessage[])[] =>
  Array.from({ length: Math.ceil(messages.length / together) }, (_, nth) =>
    messages.slice(nth * together, (nth + 1) * together),
  );

/** Consumes the command topic; an offset is committed once what stands there is durable, or among the dead letters. */
export const startFactsConsumer = async ({ settings, take, onAlive, onCrash }: FactsConsumer) => {
  const { connection, topics, group } = settings;
  const kafka = kafkaClient(connection);
  const admin = kafka.admin();
  await admin.connect();
  await ensureTopics(admin, topics, [topics.commands, topics.deadLetters]);
  await partWith(admin);
  const producer: Producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  const consumer = kafka.consumer({
    groupId: group,
    allowAutoTopicCreation: false,
    // After a crash the group waits so long for the member that is no more.
    sessionTimeout: 8_000,
    heartbeatInterval: beatEveryMs,
    maxWaitTimeInMs: 1_000,
    // A consumer that has failed is made anew with its thread: kafkajs's own restarts have been seen to go on for ever.
    retry: { retries: 3, initialRetryTime: 100, restartOnFailure: async () => false },
  });

  /** As it came, with why it was refused and where it stood. */
  const bury = async (
    refused: readonly RefusedFact[],
    { batch, messages }: Readonly<{ batch: EachBatchPayload['batch']; messages: readonly KafkaMessage[] }>,
  ): Promise<void> => {
    const letters = refused.flatMap(({ index, reason, detail }) => {
      const message = messages[index];
      if (!message) return [];
      const { key, value, headers, offset } = message;
      const why = {
        'trunkline-reason': reason,
        ...(detail !== undefined && { 'trunkline-detail': detail }),
        'trunkline-topic': batch.topic,
        'trunkline-partition': String(batch.partition),
        'trunkline-offset': offset,
      };
      return [{ key, value, headers: { ...headers, ...why } }];
    });
    if (letters.length > 0) await producer.send({ topic: topics.deadLetters, acks: -1, messages: letters });
  };

  const eachBatch = async (payload: EachBatchPayload): Promise<void> => {
    const { batch } = payload;
    for (const messages of portions(batch.messages)) {
      if (!payload.isRunning() || payload.isStale()) return;
      const beating = setInterval(() => void payload.heartbeat().catch(() => undefined), beatEveryMs);
      try {
        await bury(await take(messages.map(messageOf)), { batch, messages });
      } finally {
        clearInterval(beating);
      }
      payload.resolveOffset(messages.at(-1)?.offset ?? batch.lastOffset());
      await payload.commitOffsetsIfNecessary(payload.uncommittedOffsets());
    }
  };

  consumer.on('consumer.fetch', onAlive);
  consumer.on('consumer.crash', ({ payload: { error } }) => {
    onCrash(error);
  });
  await consumer.connect();
  await consumer.subscribe({ topic: topics.commands, fromBeginning: true });
  await consumer.run({ eachBatchAutoResolve: false, eachBatch });
  return {
    close: async () => {
      await partWith(consumer);
      await partWith(producer);
    },
  };
};
