import { ulid } from '#adapters/unique-ids/ulid.js';
import type { UniqueIds } from '#domain/contracts/unique-ids.js';

/** Marsaglia's xorshift over 32 bits: small, and the same everywhere. */
const randomFrom = (seed: number): (() => number) => {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  };
};

/** Ids that are the same in every run with the same seed; they sort by order of making. */
export const seededIds = (seed = 1): UniqueIds => {
  const random = randomFrom(seed);
  const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, random);
  let made = 0;
  return {
    next: () => ulid((made += 1), bytes(10)),
    secret: () => Buffer.from(bytes(32)).toString('base64url'),
  };
};
