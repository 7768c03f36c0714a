import type { EsdbConnection } from './connection-string.js';
import { LogClient } from './log-client.js';

/** A connection that is made anew when it has failed. */
export type Connection = Readonly<{
  client: () => LogClient;
  /** This client's connection is broken: the next one asked for is another. */
  renew: (failed: LogClient) => void;
  close: () => Promise<void>;
}>;

export const connectionTo = (address: EsdbConnection): Connection => {
  let made = 0;
  let current = new LogClient(address, made);
  const closing = new Set<Promise<void>>();

  const closeClient = (client: LogClient): Promise<void> => {
    const closed = client.close().finally(() => closing.delete(closed));
    closing.add(closed);
    return closed;
  };

  return {
    client: () => current,
    renew: (failed) => {
      if (failed !== current) return;
      made += 1;
      current = new LogClient(address, made);
      void closeClient(failed);
    },
    close: async () => {
      void closeClient(current);
      await Promise.all(closing);
    },
  };
};
