import type { Admin } from 'kafkajs';

/** The topics of one installation. */
export type Topics = Readonly<{ events: string; commands: string; deadLetters: string }>;

/**
 * One topic holds every event: the order of a contact's events is kept within a partition, so what belongs to one contact
 * must not be spread over topics. Who wants some kinds of events only reads the `type`.
 */
export const topicsUnder = (prefix: string): Topics => ({
  events: `${prefix}.events`,
  commands: `${prefix}.commands`,
  deadLetters: `${prefix}.dead-letters`,
});

/** Enough for a dozen consumers of one group; fixed at the start, since more would move contacts to other partitions. */
const partitionsOfEvents = 12;
const partitionsOf = (topic: string, { events, commands }: Topics): number =>
  topic === events ? partitionsOfEvents : topic === commands ? 6 : 1;

/**
 * Makes those of these topics that are missing, with the brokers' own replication and retention; those that are there
 * stay as they are.
 * @throws when one is missing and may not be made
 */
export const ensureTopics = async (admin: Admin, topics: Topics, wanted: readonly string[]): Promise<void> => {
  const there = new Set(await admin.listTopics());
  const missing = wanted.filter((topic) => !there.has(topic));
  if (missing.length === 0) return;
  await admin.createTopics({
    waitForLeaders: true,
    topics: missing.map((topic) => ({ topic, numPartitions: partitionsOf(topic, topics) })),
  });
};
