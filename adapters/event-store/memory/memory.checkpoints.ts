import type { Checkpoints } from '#domain/contracts/checkpoints.js';

export const memoryCheckpoints = (): Checkpoints => {
  const positions = new Map<string, number>();
  return {
    load: async (consumer) => positions.get(consumer) ?? 0,
    save: async (consumer, position) => {
      positions.set(consumer, position);
    },
  };
};
