import type { EffectLedger } from '#domain/contracts/effect-ledger.js';
import type { WriteQueue } from './write-queue.js';

/** Effects begun are durable before they are carried out; those completed follow with the next sync. */
export const sqliteEffectLedger = (queue: WriteQueue): EffectLedger => ({
  begin: async (key) => queue.begin(key),
  complete: async (key) => {
    queue.complete(key);
  },
});
