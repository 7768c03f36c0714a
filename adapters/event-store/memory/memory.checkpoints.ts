import type { Checkpoints } from '#domain/contracts/checkpoints.js';
import type { Openness } from '../openness.js';

export const memoryCheckpoints = (open: Openness): Checkpoints => {
  const positions = new Map<string, number>();
  return {
    load: async (consumer) => {
      open.require();
      return positions.get(consumer) ?? 0;
    },
    save: async (consumer, position) => {
      open.require();
      positions.set(consumer, position);
    },
  };
};
