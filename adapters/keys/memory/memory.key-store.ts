import type { Subject } from '#domain/privacy/subject.js';
import type { KeyStore } from '../key-store.js';
import type { WrappingRecord } from '../key-wrapping.js';

/** Keys that live as long as the process, and with them what they have sealed. */
export const memoryKeyStore = (): KeyStore => {
  const keys = new Map<Subject, Uint8Array | 'destroyed'>();
  let wrapping: WrappingRecord | undefined;
  return {
    wrapping: () => wrapping,
    find: (subject) => keys.get(subject),
    save: (key, record) => {
      wrapping ??= record;
      keys.set(key.subject, key.wrapped);
      return Promise.resolve();
    },
    destroy: (subjects) => {
      for (const subject of subjects) keys.set(subject, 'destroyed');
      return Promise.resolve();
    },
    all: () => [...keys].flatMap(([subject, wrapped]) => (wrapped === 'destroyed' ? [] : [{ subject, wrapped }])),
    rewrap: (rewrapped, record) => {
      wrapping = record;
      for (const { subject, wrapped } of rewrapped) keys.set(subject, wrapped);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
};
