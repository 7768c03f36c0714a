import type { EffectLedger } from '#domain/contracts/effect-ledger.js';
import type { WriteQueue } from './write-queue.js';

/** Effects begun are durable before they are carried out; those completed follow with the next sync. */
export const sqliteEffectLedger = ({ begin, complete }: WriteQueue): EffectLedger => ({ begin, complete });
