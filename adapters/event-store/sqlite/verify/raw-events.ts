import type { Database } from 'better-sqlite3';

/** A row as it stands in the file, whatever stands there; names are `null` where the number of a name leads nowhere. */
export type RawEvent = readonly [
  position: unknown,
  stream: unknown,
  revision: unknown,
  category: unknown,
  type: unknown,
  recordedAt: unknown,
  body: unknown,
  seal: unknown,
  streamNumber: unknown,
  kindNumber: unknown,
];

/** The next rows after a position, up to and with another. */
export type ReadRawEvents = (after: number, last: number) => readonly RawEvent[];

const rowsAtOnce = 2000;

export const rawEvents = (database: Database): ReadRawEvents => {
  const rows = database
    .prepare<[number, number]>(
      `SELECT events.position, streams.name, events.revision, kinds.category, kinds.type, events.recorded_at, events.body,
         events.seal, events.stream, events.kind
       FROM events LEFT JOIN streams ON streams.id = events.stream LEFT JOIN kinds ON kinds.id = events.kind
       WHERE events.position > ? AND events.position <= ? ORDER BY events.position LIMIT ${rowsAtOnce}`,
    )
    .raw();
  return (after, last) => rows.all(after, last) as RawEvent[];
};

/**
 * Tells whether what is in the file is the text that was read from it: bytes that are no UTF-8 are read as U+FFFD, so a
 * text with that character may have been something else.
 */
export const exactBodies = (database: Database): ((position: number, body: string) => boolean) => {
  const bytes = database.prepare<[number], Buffer>('SELECT CAST(body AS BLOB) FROM events WHERE position = ?').pluck();
  return (position, body) => !body.includes('\ufffd') || bytes.get(position)?.equals(Buffer.from(body)) === true;
};
