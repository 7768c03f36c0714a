import type { KafkaConnection } from './kafka-client.js';
import type { Topics } from './topics.js';

/** Sent together at most: below the megabyte that brokers take of one partition by default, with room for what surrounds it. */
export const mostBytes = 768_000;

/** What the producing thread is made with. */
export type ProducerSettings = Readonly<{ connection: KafkaConnection; topics: Topics }>;

/** A key, and an envelope as JSON. */
export type KeyedValue = readonly [key: string, value: string];

/** Keys and values in lists of their own: threads hand over flat lists fastest. */
export type Batch = Readonly<{ type: 'batch'; number: number; keys: readonly string[]; values: readonly string[] }>;
export type ProducerRequest = Batch | 'close';

export type ProducerReport =
  /** The brokers have every batch up to this one, on all replicas in sync. */
  | Readonly<{ type: 'sent'; upTo: number }>
  /** It was tried in vain and will be tried again. */
  | Readonly<{ type: 'trouble'; why: string }>
  /** Too large for the brokers: sent without its data. */
  | Readonly<{ type: 'without-data'; id: string }>;
