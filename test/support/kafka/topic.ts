import kafkajs, { type Kafka } from 'kafkajs';

/** A message as another system's consumer sees it. */
export type SeenMessage = Readonly<{
  partition: number;
  offset: number;
  key: string;
  value: string;
  headers: Readonly<Record<string, string>>;
}>;

/** Another system's own client of the same broker. */
export const outsider = (address: string): Kafka =>
  new kafkajs.Kafka({
    clientId: 'outsider',
    brokers: [address],
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 20, initialRetryTime: 100, maxRetryTime: 500 },
  });

const textOf = (headers: kafkajs.IHeaders | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]));

/** Watches a topic from its beginning; what has been seen grows until it is closed. */
export const watchTopic = async (
  address: string,
  topic: string,
): Promise<Readonly<{ seen: readonly SeenMessage[]; close: () => Promise<void> }>> => {
  const seen: SeenMessage[] = [];
  const consumer = outsider(address).consumer({
    groupId: `watch-${topic}-${process.hrtime.bigint()}`,
    maxWaitTimeInMs: 100,
  });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ partition, message: { key, value, offset, headers } }) => {
      seen.push({
        partition,
        offset: Number(offset),
        key: String(key),
        value: String(value),
        headers: textOf(headers),
      });
    },
  });
  return { seen, close: () => consumer.disconnect() };
};
