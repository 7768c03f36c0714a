import type { EffectLedger } from '#domain/contracts/effect-ledger.js';
import type { Openness } from '../openness.js';

export const memoryEffectLedger = (open: Openness): EffectLedger => {
  const known = new Map<string, 'in-doubt' | 'done'>();
  return {
    begin: async (key) => {
      open.require();
      const before = known.get(key);
      if (!before) known.set(key, 'in-doubt');
      return before ?? 'new';
    },
    complete: async (key) => {
      open.require();
      known.set(key, 'done');
    },
  };
};
