import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { EventFilter } from '#domain/contracts/event-store.js';
import type { StreamId } from '#domain/kernel/ids.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import type { LogPage } from '../log-subscription.js';
import type { Connection } from './connection.js';
import { decodeWireEvent, positionOf, streamOf, typeOf } from './event-encoding.js';
import { failureOf, isPassing } from './eventstoredb-failure.js';
import type { OurStreams } from './our-streams.js';
import { insist, type Patience } from './patience.js';
import { logRequest, streamRequest } from './read-requests.js';

/** Events that are asked for at once. */
export const pageSize = 512;
const pagesAtOnce = 16;

export type WireEvent = NonNullable<ReturnType<NonNullable<ReturnType<ReadResp['getEvent']>>['getEvent']>>;

const shortened = (events: readonly RecordedEvent[], length: number): LogPage => {
  const kept = events.slice(0, length);
  return { events: kept, upTo: kept.at(-1)?.position ?? 0 };
};

type Parts = Readonly<{
  connection: Connection;
  ours: OurStreams;
  /** The server's address, for messages. */
  server: string;
  patience: Patience;
  /** Aborted when the store is closed. */
  closing: AbortSignal;
}>;

/** Reads from the server, a page at a time. What fails in passing is tried again. */
export type LogReader = Readonly<{
  /** Events of one stream from a revision on. */
  streamPage: (stream: StreamId, from: number, limit: number) => Promise<readonly RecordedEvent[]>;
  /** The last event of a stream. */
  head: (stream: StreamId) => Promise<RecordedEvent | undefined>;
  /** The next events after a position, not beyond `last`. */
  pageAfter: (position: number, last: number, filter: EventFilter | undefined, limit: number) => Promise<LogPage>;
  at: (positions: readonly number[]) => Promise<readonly RecordedEvent[]>;
  /** Position of our last event; 0 when there is none. */
  last: () => Promise<number>;
  /** Position of the last event of all that the server holds. */
  endOfServer: () => Promise<number>;
}>;

export const logReader = ({ connection, ours, server, patience, closing }: Parts): LogReader => {
  const readOnce = async (request: ReadReq): Promise<readonly WireEvent[]> => {
    const client = connection.client();
    const events: WireEvent[] = [];
    try {
      for await (const response of (await client.readPage(request)) as AsyncIterable<ReadResp>) {
        const event = response.getEvent()?.getEvent();
        if (event) events.push(event);
      }
      return events;
    } catch (thrown) {
      if (isPassing(thrown)) connection.renew(client);
      throw thrown;
    }
  };

  const read = async (request: ReadReq): Promise<readonly WireEvent[]> => {
    try {
      return await insist(patience, () => readOnce(request), closing);
    } catch (thrown) {
      throw failureOf(server, thrown);
    }
  };

  const inOrder = (events: readonly WireEvent[], filter?: EventFilter): RecordedEvent[] => {
    const matches = ours.matches(filter);
    return events.flatMap((event) => {
      const stream = ours.idOf(streamOf(event));
      return stream !== undefined && matches(stream, typeOf(event)) ? [decodeWireEvent(event, stream)] : [];
    });
  };

  const oneAt = async (position: number): Promise<readonly RecordedEvent[]> => {
    const found = inOrder(await read(logRequest(position, 'forwards', 1)));
    return found.filter((event) => event.position === position);
  };

  const lastOf = async (request: ReadReq): Promise<number> => {
    const [event] = await read(request);
    return event ? positionOf(event) : 0;
  };

  const last = async (): Promise<number> => {
    const filter = ours.serverFilter(undefined);
    return filter ? lastOf(logRequest('end', 'backwards', 1, filter)) : 0;
  };

  return {
    streamPage: async (stream, from, limit) => inOrder(await read(streamRequest(ours.nameOf(stream), from, limit))),

    head: async (stream) => inOrder(await read(streamRequest(ours.nameOf(stream), 'end', 1)))[0],

    pageAfter: async (position, end, filter, limit) => {
      const serverFilter = ours.serverFilter(filter);
      if (!serverFilter) return { events: [], upTo: end };
      // The event at the position may be the first that comes.
      const asked = Math.min(limit, pageSize) + 1;
      const came = await read(logRequest(position > 0 ? position : 'start', 'forwards', asked, serverFilter));
      const lookedUpTo = came.length < asked ? end : Math.min(end, ...came.slice(-1).map(positionOf));
      const events = inOrder(came, filter).filter((event) => event.position > position && event.position <= lookedUpTo);
      return events.length < asked ? { events, upTo: lookedUpTo } : shortened(events, asked - 1);
    },

    at: async (positions) => {
      const end = positions.length > 0 ? await last() : 0;
      const found: RecordedEvent[] = [];
      for (let begun = 0; begun < positions.length; begun += pagesAtOnce) {
        const some = positions.slice(begun, begun + pagesAtOnce).filter((position) => position > 0 && position <= end);
        found.push(...(await Promise.all(some.map(oneAt))).flat());
      }
      return found;
    },

    last,
    endOfServer: () => lastOf(logRequest('end', 'backwards', 1)),
  };
};
