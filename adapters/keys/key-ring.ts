import type { KeyObject } from 'node:crypto';
import { KeyFailure, type Sealed, type SubjectKeys } from '#domain/contracts/keys.js';
import type { Subject } from '#domain/privacy/subject.js';
import { keyOf, newKey, open, seal } from './box.js';
import { keyCache } from './key-cache.js';
import type { KeyStore } from './key-store.js';
import { newWrapping, wrappingOf, type WrappingSecrets } from './key-wrapping.js';

/** Contacts come and go: those of some hours are held, and a key is a few hundred bytes. */
const keysHeld = 16_384;

const missing = (subject: Subject): KeyFailure =>
  new KeyFailure(
    'missing-key',
    `the key of ${subject} is neither in keys.db nor was it destroyed: restore the keys.db that belongs to this log`,
  );

/**
 * Envelope encryption: a random key for each subject, wrapped by one derived from the installation's secret.
 * @throws {KeyFailure} `wrong-secret`
 */
export const keyRing = (store: KeyStore, secrets: WrappingSecrets): SubjectKeys => {
  const record = store.wrapping();
  let wrapping = record ? wrappingOf(secrets, record) : newWrapping(secrets);
  const held = keyCache(keysHeld);
  /** New keys that are not on the disk yet; the cache may forget them, this does not. */
  const saving = new Map<Subject, Readonly<{ key: KeyObject; durable: Promise<void> }>>();
  const destroyed = new Set<Subject>();

  const make = (subject: Subject): KeyObject => {
    const bytes = newKey();
    const key = keyOf(bytes);
    const durable = store.save({ subject, wrapped: wrapping.wrap(subject, bytes) }, wrapping.record);
    saving.set(subject, { key, durable });
    held.set(subject, key);
    durable.then(
      () => saving.delete(subject),
      () => {
        saving.delete(subject);
        held.forget(subject);
      },
    );
    return key;
  };

  const find = (subject: Subject): KeyObject | 'destroyed' | undefined => {
    if (destroyed.has(subject)) return 'destroyed';
    const known = held.get(subject) ?? saving.get(subject)?.key;
    if (known) return known;
    const stored = store.find(subject);
    if (stored === undefined || stored === 'destroyed') return stored;
    const key = keyOf(wrapping.unwrap(subject, stored));
    held.set(subject, key);
    return key;
  };

  return {
    seal: (subject, text, context): Sealed => {
      const key = find(subject) ?? make(subject);
      if (key === 'destroyed') return { outcome: 'erased' };
      const box = seal(key, text, context).toString('base64');
      const durable = saving.get(subject)?.durable;
      return durable ? { outcome: 'sealed', box, durable } : { outcome: 'sealed', box };
    },

    open: (subject, box, context) => {
      const key = find(subject);
      if (key === 'destroyed') return { outcome: 'erased' };
      if (key === undefined) throw missing(subject);
      const content = open(key, Buffer.from(box, 'base64'), context);
      if (content) return { outcome: 'opened', text: content.toString('utf8') };
      throw new KeyFailure('forged-box', `what the log holds of ${subject} was changed, or moved from another event`);
    },

    stateOf: (subject) => {
      const key = find(subject);
      if (key === undefined) return 'unknown';
      return key === 'destroyed' ? 'destroyed' : 'present';
    },

    destroy: (subjects) => {
      for (const subject of subjects) {
        destroyed.add(subject);
        held.forget(subject);
      }
      return store.destroy(subjects);
    },

    rewrap: async () => {
      const next = newWrapping(secrets);
      const keys = [...store.all()].map(({ subject, wrapped }) => ({
        subject,
        wrapped: next.wrap(subject, wrapping.unwrap(subject, wrapped)),
      }));
      await store.rewrap(keys, next.record);
      wrapping = next;
      return keys.length;
    },

    close: () => store.close(),
  };
};
