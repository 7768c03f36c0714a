import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { EventStoreFailure } from '#domain/contracts/event-store.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import type { Connection } from './connection.js';
import { decodeWireEvent, streamOf } from './event-encoding.js';
import { failureOf, isPassing } from './eventstoredb-failure.js';
import type { OurStreams } from './our-streams.js';
import { pauseBefore, waitFor, type Patience } from './patience.js';
import { subscriptionRequest } from './read-requests.js';
import { safeNumber } from './wire.js';

type Parts = Readonly<{
  connection: Connection;
  ours: OurStreams;
  /** The server's address, for messages. */
  server: string;
  patience: Patience;
  /** Aborted when the store is closed. */
  closing: AbortSignal;
  /** Events after this position are wanted; 0 for all. */
  after: number;
  /** Each event once, in log order. `size` in bytes. */
  onEvent: (event: RecordedEvent, size: number) => void;
  /** It will not go on. */
  onFailure: (failure: EventStoreFailure) => void;
}>;

/**
 * Follows the end of the log. When the connection drops it goes on after the last position it has come to, for as long
 * as it takes. Resolves when it has ended: because the store is closed, or after `onFailure`.
 */
export const followTail = async (parts: Parts): Promise<void> => {
  const { connection, ours, server, patience, closing, onEvent, onFailure } = parts;
  let reached = parts.after;
  let failedTries = 0;

  const take = (response: ReadResp): void => {
    failedTries = 0;
    const checkpoint = response.getCheckpoint();
    if (checkpoint) reached = Math.max(reached, safeNumber('position', checkpoint.getCommitPosition()));
    const event = response.getEvent()?.getEvent();
    if (!event) return;
    const stream = ours.idOf(streamOf(event));
    if (stream === undefined) return;
    const recorded = decodeWireEvent(event, stream);
    if (recorded.position <= reached) return;
    reached = recorded.position;
    onEvent(recorded, event.getData_asU8().length + event.getCustomMetadata_asU8().length);
  };

  const followOnce = async (): Promise<void> => {
    const filter = ours.serverFilter(undefined);
    if (!filter) return;
    const client = connection.client();
    try {
      const stream = await client.subscribe(subscriptionRequest(reached > 0 ? reached : 'start', filter));
      for await (const response of stream as AsyncIterable<ReadResp>) take(response);
    } catch (thrown) {
      connection.renew(client, thrown);
      throw thrown;
    }
  };

  const isClosed = (): boolean => closing.aborted;
  while (!isClosed()) {
    try {
      await followOnce();
    } catch (thrown) {
      if (isClosed()) return;
      if (!isPassing(thrown)) {
        onFailure(failureOf(server, thrown));
        return;
      }
    }
    await waitFor(pauseBefore(patience, failedTries), closing);
    failedTries += 1;
  }
};
