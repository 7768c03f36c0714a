import type { KeyObject } from 'node:crypto';
import type { Subject } from '#domain/privacy/subject.js';

/**
 * The keys last used, unwrapped. Two generations: when the young one is full it becomes the old one, and what nobody has
 * asked for since is forgotten with the generation before.
 */
export const keyCache = (size: number) => {
  let young = new Map<Subject, KeyObject>();
  let old = new Map<Subject, KeyObject>();

  const set = (subject: Subject, key: KeyObject): void => {
    if (young.size >= size / 2) {
      old = young;
      young = new Map();
    }
    young.set(subject, key);
  };

  return {
    set,
    get: (subject: Subject): KeyObject | undefined => {
      const key = young.get(subject);
      if (key) return key;
      const known = old.get(subject);
      if (known) set(subject, known);
      return known;
    },
    forget: (subject: Subject): void => {
      young.delete(subject);
      old.delete(subject);
    },
  };
};
