import type { KafkaConnection } from './kafka-client.js';
import type { Topics } from './topics.js';

/** What the consuming thread is made with. */
export type FactsSettings = Readonly<{ connection: KafkaConnection; topics: Topics; group: string }>;

/** A message of the command topic. */
export type FactMessage = Readonly<{
  key: Uint8Array | null;
  value: Uint8Array | null;
  /** Those that are said once. */
  headers: Readonly<Record<string, string>>;
}>;

/** What will never be taken: its place in the delivery, and why. */
export type RefusedFact = Readonly<{ index: number; reason: string; detail?: string }>;

export type FactsReport =
  | Readonly<{ type: 'alive' }>
  /** Waits to be answered: nothing further comes, and nothing is committed, before that. */
  | Readonly<{ type: 'delivery'; id: string; messages: readonly FactMessage[] }>;

export type FactsRequest = Readonly<{ type: 'answer'; id: string; refused: readonly RefusedFact[] }> | 'close';
