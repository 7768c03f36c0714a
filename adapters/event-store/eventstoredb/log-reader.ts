import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { EventFilter } from '#domain/contracts/event-store.js';
import type { StreamId } from '#domain/kernel/ids.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import type { LogPage } from '../log-subscription.js';
import type { Connection } from './connection.js';
import { decodeWireEvent, positionOf, streamOf, typeOf } from './event-encoding.js';
import { failureOf, isNoPlace, isPassing } from './eventstoredb-failure.js';
import type { OurStreams, ServerFilter } from './our-streams.js';
import { insist, type Patience } from './patience.js';
import { logRequest, streamRequest } from './read-requests.js';

/** Events that are asked for at once. */
export const pageSize = 512;
const pagesAtOnce = 16;
/** Positions that are remembered as those of events. */
const mostKnown = 4096;

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
      if (isPassing(thrown)) connection.renew(client, thrown);
      throw thrown;
    }
  };

  const trying = async <Answer>(attempt: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await insist(patience, attempt, closing);
    } catch (thrown) {
      throw failureOf(server, thrown);
    }
  };
  const read = (request: ReadReq): Promise<readonly WireEvent[]> => trying(() => readOnce(request));

  const inOrder = (events: readonly WireEvent[], filter?: EventFilter): RecordedEvent[] => {
    const matches = ours.matches(filter);
    return events.flatMap((event) => {
      const stream = ours.idOf(streamOf(event));
      return stream !== undefined && matches(stream, typeOf(event)) ? [decodeWireEvent(event, stream)] : [];
    });
  };

  /** The event at a position, whoever's it is; nothing where none begins. */
  const wireEventAt = (position: number): Promise<readonly WireEvent[]> =>
    trying(async () => {
      try {
        const found = await readOnce(logRequest(position, 'forwards', 1));
        return found.filter((event) => positionOf(event) === position);
      } catch (thrown) {
        if (isNoPlace(thrown)) return [];
        throw thrown;
      }
    });

  const known = new Set<number>();
  const remember = (position: number): void => {
    if (known.size >= mostKnown) known.clear();
    known.add(position);
  };

  /** The last event that passes the filter and is not after the position. */
  const lastNotAfter = async (position: number, filter: ServerFilter): Promise<number | 'start'> => {
    for (let from: number | 'end' = 'end'; ;) {
      const page: readonly number[] = (await read(logRequest(from, 'backwards', pageSize, filter))).map(positionOf);
      const found = page.find((one) => one <= position);
      if (found !== undefined) return found;
      const [last] = page.slice(-1);
      if (last === undefined || page.length < pageSize) return 'start';
      from = last;
    }
  };

  /**
   * Where a reading of what comes after a position may begin. The server reads from an event's position only; another is
   * asked for by whoever counted with positions, or has it from outside.
   */
  const placeFor = async (position: number, filter: ServerFilter): Promise<number | 'start'> => {
    if (position <= 0) return 'start';
    if (!known.has(position) && (await wireEventAt(position)).length === 0) return lastNotAfter(position, filter);
    remember(position);
    return position;
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
      const place = await placeFor(position, serverFilter);
      const came = await read(logRequest(place, 'forwards', asked, serverFilter));
      for (const last of came.slice(-1)) remember(positionOf(last));
      const lookedUpTo = came.length < asked ? end : Math.min(end, ...came.slice(-1).map(positionOf));
      const events = inOrder(came, filter).filter((event) => event.position > position && event.position <= lookedUpTo);
      return events.length < asked ? { events, upTo: lookedUpTo } : shortened(events, asked - 1);
    },

    at: async (positions) => {
      const end = positions.length > 0 ? await last() : 0;
      const found: RecordedEvent[] = [];
      for (let begun = 0; begun < positions.length; begun += pagesAtOnce) {
        const some = positions.slice(begun, begun + pagesAtOnce).filter((position) => position > 0 && position <= end);
        found.push(...inOrder((await Promise.all(some.map(wireEventAt))).flat()));
      }
      return found;
    },

    last,
    endOfServer: () => lastOf(logRequest('end', 'backwards', 1)),
  };
};
