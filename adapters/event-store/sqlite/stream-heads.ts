import type { CategoryKinds } from './event-kinds.js';
import type { TenantChain } from './tenant-chains.js';

/** A stream as its writer knows it; `revision` moves with each append. */
export type StreamHead = {
  readonly name: string;
  readonly id: number;
  readonly kinds: CategoryKinds;
  readonly chain: TenantChain;
  revision: number;
};

/**
 * The heads of the streams last written to. It holds two generations: when the young one is full it becomes the old
 * one, and what nobody has asked for since is forgotten with the generation before. Nearly a least-recently-used
 * cache, without its bookkeeping at each hit.
 */
export const streamHeads = (size: number) => {
  let young = new Map<string, StreamHead>();
  let old = new Map<string, StreamHead>();

  const set = (head: StreamHead): void => {
    if (young.size >= size / 2) {
      old = young;
      young = new Map();
    }
    young.set(head.name, head);
  };

  return {
    set,

    get: (stream: string): StreamHead | undefined => {
      const head = young.get(stream);
      if (head) return head;
      const known = old.get(stream);
      if (known) set(known);
      return known;
    },

    forget: (): void => {
      young.clear();
      old.clear();
    },
  };
};
