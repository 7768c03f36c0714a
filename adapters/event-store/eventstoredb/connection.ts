import type { EsdbConnection } from './connection-string.js';
import { leadsElsewhere } from './eventstoredb-failure.js';
import { LogClient } from './log-client.js';

/** A connection that is made anew when it has failed. */
export type Connection = Readonly<{
  client: () => LogClient;
  /** This client's connection is broken, for this reason: the next one asked for is another. */
  renew: (failed: LogClient, thrown: unknown) => void;
  close: () => Promise<void>;
}>;

export const connectionTo = (address: EsdbConnection): Connection => {
  let current = new LogClient(address);
  const closing = new Set<Promise<void>>();

  const closeClient = (client: LogClient): Promise<void> => {
    const closed = client.close().finally(() => closing.delete(closed));
    closing.add(closed);
    return closed;
  };

  return {
    client: () => current,
    renew: (failed, thrown) => {
      if (failed !== current || leadsElsewhere(thrown)) return;
      current = new LogClient(address);
      void closeClient(failed);
    },
    close: async () => {
      void closeClient(current);
      await Promise.all(closing);
    },
  };
};
