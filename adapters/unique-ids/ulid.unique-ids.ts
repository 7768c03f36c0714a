import { randomBytes } from 'node:crypto';
import type { Clock } from '#domain/contracts/clock.js';
import type { UniqueIds } from '#domain/contracts/unique-ids.js';
import { randomLength, ulid } from './ulid.js';

const secretLength = 32;

/** Adds one to a big-endian number in place; false when it wrapped round to 0. */
const increment = (bytes: Uint8Array): boolean => {
  for (let index = bytes.length - 1; index >= 0; index -= 1) {
    const next = ((bytes[index] ?? 0) + 1) & 0xff;
    bytes[index] = next;
    if (next !== 0) return true;
  }
  return false;
};

/**
 * ULIDs with randomness from the operating system. Each is greater than the one before, also within a millisecond
 * and when the clock goes backwards; so an id can be guessed from its neighbour, and a secret cannot.
 */
export const ulidUniqueIds = (clock: Clock): UniqueIds => {
  let time = 0;
  let tail: Uint8Array = new Uint8Array(randomLength);

  return {
    next: () => {
      const now = clock.now();
      if (now > time) {
        time = now;
        tail = randomBytes(randomLength);
      } else if (!increment(tail)) {
        time += 1;
      }
      return ulid(time, tail);
    },
    secret: () => randomBytes(secretLength).toString('base64url'),
  };
};
