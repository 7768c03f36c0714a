import type { Clock } from '#domain/contracts/clock.js';
import type { EventPublisher } from '#domain/contracts/event-publisher.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import type { Milliseconds } from '#domain/kernel/time.js';
import type { Log } from '../../wire/log.js';
import { cloudEventOf, type EnvelopeOrigin } from '../cloud-event.js';
import { keepThread } from './kept-thread.js';
import type { KafkaConnection } from './kafka-client.js';
import {
  mostBytes,
  type Batch,
  type ProducerReport,
  type ProducerRequest,
  type ProducerSettings,
} from './producer.protocol.js';
import { topicsUnder } from './topics.js';

export type KafkaPublisherSettings = Readonly<{
  connection: KafkaConnection;
  topicPrefix: string;
  /** What tells this installation from others, as in `EnvelopeOrigin`. */
  installation: string;
  /** Silence of the client of this length, with something to send, is a stall. */
  stallAfter?: Milliseconds;
}>;

type Unsent = Readonly<{ batch: Batch; resolve: () => void; reject: (error: Error) => void }>;

/** Longer than the client's own patience with a broker, several times over. */
const usualStall: Milliseconds = 90_000;

type Portion = { keys: string[]; values: string[] };

/** The events as messages, in portions that brokers take. Characters stand for bytes: what is told is nearly all ASCII. */
const portionsOf = (events: readonly RecordedEvent[], origin: EnvelopeOrigin): readonly Portion[] => {
  const portions: Portion[] = [];
  let portion: Portion | undefined;
  let bytes = 0;
  for (const event of events) {
    const envelope = cloudEventOf(event, origin);
    const value = JSON.stringify(envelope);
    if (!portion || bytes + value.length > mostBytes) {
      portion = { keys: [], values: [] };
      portions.push(portion);
      bytes = 0;
    }
    portion.keys.push(envelope.subject);
    portion.values.push(value);
    bytes += value.length;
  }
  return portions;
};

/**
 * Events into one topic, keyed by contact, or by stream where there is none: each contact's events stay in order. The next
 * batch is made while the last one is on its way, in a thread that does not hold up calls.
 */
export const kafkaEventPublisher = (
  settings: KafkaPublisherSettings,
  { clock, log }: Readonly<{ clock: Clock; log: Log }>,
): EventPublisher => {
  const { connection, topicPrefix, installation, stallAfter = usualStall } = settings;
  // A topic cannot forget one person: what says something about one is not told there.
  const origin: EnvelopeOrigin = { installation, personalFields: 'omitted' };
  const unsent = new Map<number, Unsent>();
  let batches = 0;
  let trouble: string | undefined;
  let closed = false;

  const inTrouble = (why: string): void => {
    if (trouble === undefined) log.warn({ why }, 'Kafka cannot be reached; events wait in the log');
    trouble = why;
  };

  const takenUpTo = (last: number): void => {
    for (const [number, { resolve }] of unsent) {
      if (number > last) return;
      unsent.delete(number);
      resolve();
    }
  };

  const onReport = (report: ProducerReport): void => {
    switch (report.type) {
      case 'sent':
        if (trouble !== undefined) log.info({}, 'Kafka can be reached again');
        trouble = undefined;
        takenUpTo(report.upTo);
        return;
      case 'trouble':
        inTrouble(report.why);
        return;
      case 'without-data':
        log.warn({ event: report.id }, 'an event is too large for Kafka and was told without its data');
        return;
    }
  };

  const data: ProducerSettings = { connection, topics: topicsUnder(topicPrefix) };
  const thread = keepThread<ProducerRequest, ProducerReport>({
    name: 'kafka producer',
    file: new URL('./producer.worker.js', import.meta.url),
    data,
    clock,
    log,
    stallAfter,
    newsDue: () => unsent.size > 0,
    onStarted: () => {
      for (const { batch } of unsent.values()) thread.post(batch);
    },
    onReport,
    onEnded: inTrouble,
  });

  const send = (portion: Portion): Promise<void> =>
    new Promise((resolve, reject) => {
      batches += 1;
      const batch: Batch = { type: 'batch', number: batches, ...portion };
      unsent.set(batch.number, { batch, resolve, reject });
      thread.post(batch);
    });

  return {
    publish: async (events) => {
      if (closed) throw new Error('the publisher is closed');
      await Promise.all(portionsOf(events, origin).map(send));
    },
    trouble: () => trouble,
    close: async () => {
      closed = true;
      await thread.close();
      for (const { reject } of unsent.values()) reject(new Error('the publisher is closed'));
      unsent.clear();
    },
  };
};
