import type { RecordedEvent } from '#domain/kernel/message.js';
import { displayName, readConnectionString } from './connection-string.js';
import { connectionTo } from './connection.js';
import { logReader, pageSize } from './log-reader.js';
import { ourStreams } from './our-streams.js';
import { ordinaryPatience } from './patience.js';

/**
 * Everything in the log on a server, in order, read beside whoever writes it: for operators' tools.
 * @throws {ConnectionStringError}
 * @throws {EventStoreFailure} when the server cannot be had
 */
export const readEventStoreDbLog = async function* (connectionString: string): AsyncGenerator<RecordedEvent> {
  const address = readConnectionString(connectionString);
  const connection = connectionTo(address);
  const ours = ourStreams(address.namespace);
  const stopping = new AbortController();
  const closing = stopping.signal;
  const reader = logReader({ connection, ours, server: displayName(address), patience: ordinaryPatience, closing });
  try {
    const last = await reader.last();
    for (let position = 0; position < last;) {
      const page = await reader.pageAfter(position, last, undefined, pageSize);
      yield* page.events;
      position = page.upTo;
    }
  } finally {
    stopping.abort();
    await connection.close();
  }
};
