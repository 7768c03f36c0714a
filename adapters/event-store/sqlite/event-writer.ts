import type { Database } from 'better-sqlite3';
import { categoryOf } from '#domain/kernel/ids.js';
import { meets, noHead } from '../expected-revision.js';
import { eventKinds } from './event-kinds.js';
import { streamHeads, type StreamHead } from './stream-heads.js';
import type { WriteBatch } from './write-batch.js';

const rememberedStreams = 100_000;

type Appended = Readonly<{ recordedAt: number; positions: Float64Array; heads: Float64Array }>;

/** Writes events; for use by one who has opened a transaction, and who calls `forget` when it was rolled back. */
export type EventWriter = Readonly<{
  append: (batch: WriteBatch) => Appended;
  lastPosition: () => number;
  /** Trusts nothing but the database again. */
  forget: () => void;
}>;

export const eventWriter = (database: Database): EventWriter => {
  const insertEvent = database.prepare<[number, number, number, number, number, string]>(
    'INSERT INTO events (position, stream, revision, kind, recorded_at, body) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const insertStream = database.prepare<[string]>('INSERT INTO streams (name) VALUES (?) ON CONFLICT DO NOTHING');
  const findHead = database.prepare<[string], { id: number; revision: number }>(
    `SELECT id, ifnull((SELECT max(revision) FROM events WHERE stream = streams.id), ${noHead}) AS revision
     FROM streams WHERE name = ?`,
  );
  const findLast = database.prepare<[], { position: number; recordedAt: number }>(
    'SELECT position, recorded_at AS recordedAt FROM events ORDER BY position DESC LIMIT 1',
  );
  const kinds = eventKinds(database);
  const heads = streamHeads(rememberedStreams);
  let last = { position: 0, recordedAt: 0 };

  const forget = (): void => {
    kinds.forget();
    heads.forget();
    last = findLast.get() ?? { position: 0, recordedAt: 0 };
  };
  forget();

  const remember = (stream: string, id: number, revision: number): StreamHead => {
    const head = { id, revision, kinds: kinds.ofCategory(categoryOf(stream)) };
    heads.set(stream, head);
    return head;
  };

  const existingHead = (stream: string): StreamHead | undefined => {
    const known = heads.get(stream);
    if (known) return known;
    const found = findHead.get(stream);
    return found && remember(stream, found.id, found.revision);
  };

  const newStream = (stream: string): StreamHead =>
    remember(stream, Number(insertStream.run(stream).lastInsertRowid), noHead);

  const kindOf = (stream: string, head: StreamHead, type: string): number => {
    const known = head.kinds.get(type);
    if (known !== undefined) return known;
    const kind = kinds.numberOf(categoryOf(stream), type);
    head.kinds.set(type, kind);
    return kind;
  };

  const writeEvents = (batch: WriteBatch, stream: string, head: StreamHead, from: number, count: number): void => {
    for (let event = from; event < from + count; event += 1) {
      const kind = kindOf(stream, head, batch.types[event] ?? '');
      last.position += 1;
      head.revision += 1;
      kinds.note(kind, last.position);
      insertEvent.run(last.position, head.id, head.revision, kind, last.recordedAt, batch.bodies[event] ?? '');
    }
  };

  return {
    append: (batch) => {
      const positions = new Float64Array(batch.streams.length);
      const newHeads = new Float64Array(batch.streams.length);
      last.recordedAt = Math.max(last.recordedAt, batch.now);
      let event = 0;
      batch.streams.forEach((stream, index) => {
        const count = batch.counts[index] ?? 0;
        let head = existingHead(stream);
        if (meets(batch.expectedHeads[index] ?? NaN, head?.revision ?? noHead)) {
          head ??= newStream(stream);
          writeEvents(batch, stream, head, event, count);
          positions[index] = last.position;
        }
        newHeads[index] = head?.revision ?? noHead;
        event += count;
      });
      return { recordedAt: last.recordedAt, positions, heads: newHeads };
    },

    lastPosition: () => last.position,
    forget,
  };
};
