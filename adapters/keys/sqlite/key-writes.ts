import type { KeyFailure } from '#domain/contracts/keys.js';
import type { Subject } from '#domain/privacy/subject.js';
import type { WrappedKey } from '../key-store.js';
import type { WrappingRecord } from '../key-wrapping.js';

/** What the thread that writes keys is asked; after `close` nothing follows. */
export type KeyWrite =
  | Readonly<{ write: 'save'; key: WrappedKey; wrapping: WrappingRecord }>
  | Readonly<{ write: 'destroy'; subjects: readonly Subject[] }>
  | Readonly<{ write: 'rewrap'; keys: readonly WrappedKey[]; wrapping: WrappingRecord }>;
export type KeyWriterRequest = KeyWrite | 'close';

/** One for the opening, then one for each write, in the order of the writes. */
export type KeyWriteReport =
  Readonly<{ outcome: 'done' }> | Readonly<{ outcome: 'failed'; failure: KeyFailure['failure']; message: string }>;
