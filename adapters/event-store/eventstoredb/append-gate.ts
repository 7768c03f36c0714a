import { EventStoreFailure } from '#domain/contracts/event-store.js';

/** Appends under way: more than this, and the next is turned away rather than kept in memory. */
const mostAppends = 10_000;
const mostBytes = 64 * 1024 * 1024;

/** Counts what is under way, so that no backlog grows without bound while the server is slow or away. */
export type AppendGate = Readonly<{
  /** @throws {EventStoreFailure} `io` when too much waits already */
  pass: <Answer>(bytes: number, append: () => Promise<Answer>) => Promise<Answer>;
  /** Resolves when nothing is under way. */
  empty: () => Promise<void>;
}>;

export const appendGate = (server: string): AppendGate => {
  const underWay = new Set<Promise<unknown>>();
  let waitingBytes = 0;

  return {
    pass: async (bytes, append) => {
      if (underWay.size >= mostAppends || waitingBytes + bytes > mostBytes) {
        throw new EventStoreFailure('io', `${underWay.size} appends already wait for EventStoreDB at ${server}`);
      }
      waitingBytes += bytes;
      const appending = append();
      underWay.add(appending);
      try {
        return await appending;
      } finally {
        waitingBytes -= bytes;
        underWay.delete(appending);
      }
    },
    empty: async () => {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
};
