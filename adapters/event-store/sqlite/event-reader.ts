import type { Database, Statement } from 'better-sqlite3';
import type { EventFilter } from '#domain/contracts/event-store.js';
import type { StreamId } from '#domain/kernel/ids.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import type { Instant } from '#domain/kernel/time.js';
import { decodeEvent } from '../event-codec.js';
import type { LogPage } from '../log-subscription.js';
import { blockIndex } from './block-index.js';

/** Events, and characters of their bodies, that are read in one go: about a millisecond of the event loop. */
export const pageSize = 512;
const charactersPerPage = 1024 * 1024;

type Row = [position: number, stream: StreamId, revision: number, type: string, recordedAt: Instant, body: string];

/** `atEnd`: there were no more. */
type Page = Readonly<{ events: readonly RecordedEvent[]; atEnd: boolean }>;

/** CROSS JOIN keeps SQLite from any other order than: first the events, then their names. */
const selectEvents = `
  SELECT events.position, streams.name, events.revision, kinds.type, events.recorded_at, events.body
  FROM events CROSS JOIN streams ON streams.id = events.stream CROSS JOIN kinds ON kinds.id = events.kind`;

const decodeRow = ([position, stream, revision, type, recordedAt, body]: Row): RecordedEvent =>
  decodeEvent({ position, stream, revision, type, recordedAt, body });

/** As many of the rows as make a page. */
const readPage = (rows: Iterable<unknown>, limit: number): Page => {
  const events: RecordedEvent[] = [];
  let characters = 0;
  for (const row of rows as Iterable<Row>) {
    events.push(decodeRow(row));
    characters += row[5].length;
    if (events.length === limit || characters >= charactersPerPage) return { events, atEnd: false };
  }
  return { events, atEnd: true };
};

/** Reads the log on a connection of its own, a page at a time; who wants more gives others a turn in between. */
export type EventReader = Readonly<{
  /** The next events after a position, up to `last`; with a filter perhaps none yet, but looked further. */
  pageAfter: (position: number, last: number, filter: EventFilter | undefined, limit: number) => LogPage;
  streamPage: (stream: StreamId, fromRevision: number) => Page;
  at: (position: number) => RecordedEvent | undefined;
}>;

export const eventReader = (database: Database): EventReader => {
  const raw = (sql: string): Statement => database.prepare(selectEvents + sql).raw();
  const all = raw(' WHERE events.position > ? AND events.position <= ? ORDER BY events.position');
  const ofKinds = raw(` WHERE events.position > ? AND events.position <= ?
    AND events.kind IN (SELECT value FROM json_each(?)) ORDER BY events.position`);
  const ofStream = raw(` WHERE events.stream = (SELECT id FROM streams WHERE name = ?) AND events.revision >= ?
    ORDER BY events.revision`);
  const atPosition = raw(' WHERE events.position = ?');
  const blocks = blockIndex(database);

  const logPage = (rows: Iterable<unknown>, upTo: number, limit: number): LogPage => {
    const { events, atEnd } = readPage(rows, limit);
    return { events, upTo: atEnd ? upTo : (events.at(-1)?.position ?? upTo) };
  };

  return {
    pageAfter: (position, last, filter, limit) => {
      if (!filter) return logPage(all.iterate(position, last), last, limit);
      const kinds = blocks.kindsOf(filter);
      const { from, upTo } = blocks.nextRun(kinds, position, last);
      return logPage(ofKinds.iterate(from, upTo, JSON.stringify(kinds)), upTo, limit);
    },

    streamPage: (stream, fromRevision) => readPage(ofStream.iterate(stream, fromRevision), pageSize),

    at: (position) => {
      const row = atPosition.get(position) as Row | undefined;
      return row && decodeRow(row);
    },
  };
};
