import type { WriteBatch } from '#adapters/event-store/sqlite/write-batch.js';

/** One event for each stream, whatever its revision. */
export const batchOf = (streams: readonly string[], body = '{}'): WriteBatch => ({
  now: 1000,
  streams,
  expectedHeads: streams.map(() => -2),
  counts: streams.map(() => 1),
  types: streams.map(() => 'PageViewed'),
  bodies: streams.map(() => body),
  effects: [],
  checkpoints: [],
});
