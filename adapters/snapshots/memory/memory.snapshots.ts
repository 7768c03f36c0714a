import { generationsKept, type Snapshots } from '#domain/contracts/snapshots.js';

/** Snapshots that live as long as the process. */
export const memorySnapshots = (): Snapshots => {
  const all = new Map<number, Uint8Array>();
  const positions = (): readonly number[] => [...all.keys()].sort((one, other) => other - one);
  return {
    kept: async () => positions(),
    load: async (position) => {
      const bytes = all.get(position);
      return bytes ? { outcome: 'loaded', bytes } : { outcome: 'unusable', why: 'there is none' };
    },
    save: async ({ position, bytes }) => {
      all.set(position, bytes.slice());
      for (const old of positions().slice(generationsKept)) all.delete(old);
    },
    forgetBefore: async (position) => {
      for (const old of positions()) if (old < position) all.delete(old);
    },
  };
};
