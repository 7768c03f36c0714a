import type { Database } from 'better-sqlite3';
import { categoryOf } from '#domain/kernel/ids.js';
import { instant, type Instant } from '#domain/kernel/time.js';
import { meets, noHead } from '../expected-revision.js';
import { eventKinds } from './event-kinds.js';
import { headAfter, sealOf } from './hash-chain.js';
import { streamHeads, type StreamHead } from './stream-heads.js';
import { tenantChains } from './tenant-chains.js';
import type { BatchResult, WriteBatch } from './write-batch.js';

const rememberedStreams = 100_000;

type Appended = Pick<BatchResult, 'recordedAt' | 'positions' | 'heads'>;

/** Writes events; for use by one who has opened a transaction, and who calls `forget` when it was rolled back. */
export type EventWriter = Readonly<{
  append: (batch: WriteBatch) => Appended;
  /** To be called before the commit: keeps how far the tenants' hash chains have come. */
  keepChains: () => void;
  lastPosition: () => number;
  /** Trusts nothing but the database again. */
  forget: () => void;
}>;

export const eventWriter = (database: Database): EventWriter => {
  const insertEvent = database.prepare<[number, number, number, number, number, string, number]>(
    'INSERT INTO events (position, stream, revision, kind, recorded_at, body, seal) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const insertStream = database.prepare<[string]>('INSERT INTO streams (name) VALUES (?)');
  const findHead = database.prepare<[string], { id: number; revision: number }>(
    `SELECT id, ifnull((SELECT max(revision) FROM events WHERE stream = streams.id), ${noHead}) AS revision
     FROM streams WHERE name = ?`,
  );
  const findLast = database.prepare<[], { position: number; recordedAt: Instant }>(
    'SELECT position, recorded_at AS recordedAt FROM events ORDER BY position DESC LIMIT 1',
  );
  const kinds = eventKinds(database);
  const chains = tenantChains(database);
  const heads = streamHeads(rememberedStreams);
  let last = { position: 0, recordedAt: instant(0) };

  const forget = (): void => {
    kinds.forget();
    heads.forget();
    chains.forget();
    last = findLast.get() ?? { position: 0, recordedAt: instant(0) };
  };
  forget();

  const remember = (name: string, id: number, revision: number): StreamHead => {
    const head = { name, id, revision, kinds: kinds.ofCategory(categoryOf(name)), chain: chains.of(name) };
    heads.set(head);
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

  /** The head of a stream that is as the writer expects it; makes the stream where there is none. */
  const headAsExpected = (stream: string, expected: number): StreamHead | undefined => {
    const head = existingHead(stream);
    return meets(expected, head?.revision ?? noHead) ? (head ?? newStream(stream)) : undefined;
  };

  const kindOf = ({ name, kinds: known }: StreamHead, type: string): number => {
    let kind = known.get(type);
    if (kind === undefined) known.set(type, (kind = kinds.numberOf(categoryOf(name), type)));
    return kind;
  };

  const writeEvent = (head: StreamHead, type: string, body: string): void => {
    const { id, name: stream, chain } = head;
    const kind = kindOf(head, type);
    head.revision += 1;
    last.position += 1;
    const { revision } = head;
    const { position, recordedAt } = last;
    chains.move(chain, headAfter(chain.head, { position, stream, revision, type, recordedAt, body }), position);
    kinds.note(kind, position);
    insertEvent.run(position, id, revision, kind, recordedAt, body, sealOf(chain.head));
  };

  const writeEvents = ({ types, bodies }: WriteBatch, head: StreamHead, from: number, to: number): void => {
    for (let event = from; event < to; event += 1) writeEvent(head, types[event] ?? '', bodies[event] ?? '');
  };

  return {
    append: (batch) => {
      const positions: number[] = [];
      const newHeads: number[] = [];
      last.recordedAt = instant(Math.max(last.recordedAt, batch.now));
      let from = 0;
      batch.streams.forEach((stream, index) => {
        const to = from + (batch.counts[index] ?? 0);
        const head = headAsExpected(stream, batch.expectedHeads[index] ?? NaN);
        if (head) writeEvents(batch, head, from, to);
        positions.push(head ? last.position : 0);
        newHeads.push((head ?? existingHead(stream))?.revision ?? noHead);
        from = to;
      });
      return { recordedAt: last.recordedAt, positions, heads: newHeads };
    },

    keepChains: chains.keep,
    lastPosition: () => last.position,
    forget,
  };
};
