import type { EffectLedger } from '#domain/contracts/effect-ledger.js';

export const memoryEffectLedger = (): EffectLedger => {
  const known = new Map<string, 'in-doubt' | 'done'>();
  return {
    begin: async (key) => {
      const before = known.get(key);
      if (!before) known.set(key, 'in-doubt');
      return before ?? 'new';
    },
    complete: async (key) => {
      known.set(key, 'done');
    },
  };
};
