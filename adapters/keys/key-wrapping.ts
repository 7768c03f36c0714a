import { hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { KeyFailure } from '#domain/contracts/keys.js';
import type { Subject } from '#domain/privacy/subject.js';
import { keyOf, open, seal } from './box.js';

/** Secrets of 256 bits: the first wraps, any of them may have wrapped what is there. */
export type WrappingSecrets = readonly [Uint8Array, ...Uint8Array[]];

/** What of the wrapping key is kept beside the wrapped ones: nothing that it could be found by. */
export type WrappingRecord = Readonly<{ salt: Uint8Array; proof: Uint8Array }>;

/** Wraps the keys of subjects, so that their store is worth nothing without the secret. */
export type KeyWrapping = Readonly<{
  record: WrappingRecord;
  wrap: (subject: Subject, key: Uint8Array) => Uint8Array;
  /** @throws {KeyFailure} `forged-box` when it was changed, or is another subject's */
  unwrap: (subject: Subject, wrapped: Uint8Array) => Uint8Array;
}>;

const derive = (secret: Uint8Array, salt: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, `trunkline subject keys: ${purpose}`, 32));

const contextOf = (subject: Subject): string => `key of ${subject}`;

const wrappingWith = (secret: Uint8Array, salt: Uint8Array): KeyWrapping => {
  const key = keyOf(derive(secret, salt, 'wrap'));
  return {
    record: { salt, proof: derive(secret, salt, 'proof') },
    wrap: (subject, bytes) => seal(key, bytes, contextOf(subject)),
    unwrap: (subject, wrapped) => {
      const bytes = open(key, wrapped, contextOf(subject));
      if (bytes) return bytes;
      throw new KeyFailure('forged-box', `the key of ${subject} is damaged: restore keys.db from a backup`);
    },
  };
};

/** A wrapping key that was never there before (HKDF, RFC 5869, with a salt of its own). */
export const newWrapping = ([secret]: WrappingSecrets): KeyWrapping => wrappingWith(secret, randomBytes(32));

/** The wrapping that a store was written with. @throws {KeyFailure} `wrong-secret` when none of the secrets is its own */
export const wrappingOf = (secrets: WrappingSecrets, { salt, proof }: WrappingRecord): KeyWrapping => {
  for (const secret of secrets) {
    const wrapping = wrappingWith(secret, salt);
    if (timingSafeEqual(wrapping.record.proof, proof)) return wrapping;
  }
  throw new KeyFailure(
    'wrong-secret',
    'keys.db was written with another secret: restore the installation.secret, or the keys file, that belongs to it',
  );
};
