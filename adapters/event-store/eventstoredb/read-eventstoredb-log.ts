import type { RecordedEvent } from '#domain/kernel/message.js';
import { displayName, readConnectionString } from './connection-string.js';
import { connectionTo } from './connection.js';
import { logReader, pageSize } from './log-reader.js';
import { ourStreams } from './our-streams.js';
import { ordinaryPatience } from './patience.js';

const readerOf = (connectionString: string) => {
  const address = readConnectionString(connectionString);
  const connection = connectionTo(address);
  const ours = ourStreams(address.namespace);
  const stopping = new AbortController();
  const closing = stopping.signal;
  return {
    ...logReader({ connection, ours, server: displayName(address), patience: ordinaryPatience, closing }),
    close: async (): Promise<void> => {
      stopping.abort();
      await connection.close();
    },
  };
};

/**
 * Position of the last event of the log on a server.
 * @throws {ConnectionStringError}
 * @throws {EventStoreFailure} when the server cannot be had
 */
export const lastOfEventStoreDbLog = async (connectionString: string): Promise<number> => {
  const reader = readerOf(connectionString);
  try {
    return await reader.last();
  } finally {
    await reader.close();
  }
};

/**
 * Everything in the log on a server after a position, in order, read beside whoever writes it: for operators' tools.
 * @throws {ConnectionStringError}
 * @throws {EventStoreFailure} when the server cannot be had
 */
export const readEventStoreDbLog = async function* (
  connectionString: string,
  after = 0,
): AsyncGenerator<RecordedEvent> {
  const reader = readerOf(connectionString);
  try {
    const last = await reader.last();
    for (let position = after; position < last;) {
      const page = await reader.pageAfter(position, last, undefined, pageSize);
      yield* page.events;
      position = page.upTo;
    }
  } finally {
    await reader.close();
  }
};
