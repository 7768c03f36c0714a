import type { Subject } from '#domain/privacy/subject.js';
import type { WrappingRecord } from './key-wrapping.js';

export type WrappedKey = Readonly<{ subject: Subject; wrapped: Uint8Array }>;

/** Where wrapped keys are kept. What is saved is durable, and what is destroyed gone, when the promise resolves. */
export type KeyStore = Readonly<{
  /** How its keys are wrapped; `undefined` while it has none. */
  wrapping: () => WrappingRecord | undefined;
  find: (subject: Subject) => Uint8Array | 'destroyed' | undefined;
  /** The record comes with the first key. @throws {KeyFailure} */
  save: (key: WrappedKey, wrapping: WrappingRecord) => Promise<void>;
  /** @throws {KeyFailure} */
  destroy: (subjects: readonly Subject[]) => Promise<void>;
  all: () => Iterable<WrappedKey>;
  /** All keys at once, wrapped in another way. @throws {KeyFailure} */
  rewrap: (keys: readonly WrappedKey[], wrapping: WrappingRecord) => Promise<void>;
  close: () => Promise<void>;
}>;
