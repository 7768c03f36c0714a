import type { RecentEvents } from './recent-events.js';

/** How long whoever waits for news waits before looking again. */
const patience = 250;

/** Where the log ends, as far as this process knows: what has come from the server, and what was written here. */
export type KnownEnd = Readonly<{
  /** Position of the last event that is known of. */
  last: () => number;
  /** The server has acknowledged an append. */
  written: (position: number) => void;
  /** News has come from the server. */
  came: () => void;
  /** Resolves when something after this position has come, or after a short while. */
  news: (after: number) => Promise<void>;
  /** Resolves when all that was acknowledged has also come back, or after a short while. */
  allSeen: () => Promise<void>;
}>;

export const knownEnd = (recent: RecentEvents): KnownEnd => {
  const waiting = new Set<() => void>();
  let acknowledged = 0;

  const reached = (position: number): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(late);
        waiting.delete(look);
        resolve();
      };
      const late = setTimeout(done, patience);
      const look = (): void => {
        if (recent.last() >= position) done();
      };
      waiting.add(look);
      look();
    });

  return {
    last: () => Math.max(acknowledged, recent.last()),
    written: (position) => {
      acknowledged = Math.max(acknowledged, position);
    },
    came: () => {
      for (const look of waiting) look();
    },
    news: (after) => reached(after + 1),
    allSeen: () => reached(acknowledged),
  };
};
