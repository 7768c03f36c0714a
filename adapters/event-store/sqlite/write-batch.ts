import type { EffectState } from '#domain/contracts/effect-ledger.js';
import type { EventStoreFailure } from '#domain/contracts/event-store.js';

/**
 * What the callers of one turn of the event loop want written. Columns instead of objects, because that is what
 * crosses to the writer's thread cheapest.
 */
export type WriteBatch = Readonly<{
  /** The time by the clock of those who write. */
  now: number;
  /** One entry for each append: its stream, the head it expects, the number of its events. */
  streams: readonly string[];
  expectedHeads: readonly number[];
  counts: readonly number[];
  /** One entry for each event of each append, in order. */
  types: readonly string[];
  bodies: readonly string[];
  /** Effects that begin or have been completed, in order. */
  effects: readonly (readonly [key: string, step: 'begin' | 'complete'])[];
  checkpoints: readonly (readonly [consumer: string, position: number])[];
}>;

/** What became of one batch. Plain arrays: an ArrayBuffer costs more to hand over than such a batch is worth. */
export type BatchResult = Readonly<{
  recordedAt: number;
  /** For each append the position of its last event, or 0 when it met another head than expected. */
  positions: readonly number[];
  /** For each append the head of its stream: the new one, or the one that was in the way. */
  heads: readonly number[];
  /** For each step of an effect what was known of it before. */
  effects: readonly EffectState[];
}>;

export type Failure = Readonly<{ failure: EventStoreFailure['failure']; message: string }>;

/** How opening went. */
export type OpeningReport =
  Readonly<{ outcome: 'opened'; lastPosition: number }> | Readonly<{ outcome: 'not-opened' } & Failure>;

/** The fate of one batch; batches are reported on in the order in which they came. */
export type BatchReport =
  | Readonly<{ outcome: 'committed'; result: BatchResult }>
  /** Nothing of it was written. */
  | Readonly<{ outcome: 'failed' } & Failure>;

/** What the writer's thread is asked: a batch to write, or to end; after `close` nothing follows. */
export type WriterRequest = WriteBatch | 'close';
