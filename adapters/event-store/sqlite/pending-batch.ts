import type { EffectState } from '#domain/contracts/effect-ledger.js';
import type { Append, AppendResult, EventStoreFailure } from '#domain/contracts/event-store.js';
import type { StreamId } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import { encodeBody, type StoredEvent } from '../event-codec.js';
import { conflictAt, expectedHead, requireEvents } from '../expected-revision.js';
import type { BatchResult, WriteBatch } from './write-batch.js';

/** Whoever waits for a part of the batch. */
type Waiting<Answer> = Readonly<{ resolve: (answer: Answer) => void; reject: (why: EventStoreFailure) => void }>;

/** A batch that is being filled, with those who wait for its parts. */
export type PendingBatch = Readonly<{
  append: (append: Append) => Promise<AppendResult>;
  begin: (effect: string) => Promise<EffectState>;
  complete: (effect: string) => void;
  save: (consumer: string, position: number) => Promise<void>;
  /** How many events it holds so far. */
  events: () => number;
  batch: (now: number) => WriteBatch;
  /** Answers everybody; before that, hands over what is in the log now. */
  answer: (result: BatchResult, committed: (event: StoredEvent) => void) => void;
  fail: (why: EventStoreFailure) => void;
  /** Effects whose completion it was to record. */
  completed: () => readonly string[];
}>;

export const pendingBatch = (): PendingBatch => {
  const streams: StreamId[] = [];
  const expectedHeads: number[] = [];
  const counts: number[] = [];
  const types: string[] = [];
  const bodies: string[] = [];
  const effects: [key: string, step: 'begin' | 'complete'][] = [];
  const checkpoints: [consumer: string, position: number][] = [];
  const appenders: Waiting<AppendResult>[] = [];
  const beginners: (Waiting<EffectState> | undefined)[] = [];
  const savers: Waiting<void>[] = [];

  const waitIn = <Answer>(queue: (Waiting<Answer> | undefined)[]): Promise<Answer> =>
    new Promise((resolve, reject) => {
      queue.push({ resolve, reject });
    });

  const commitEvents = (
    { recordedAt, positions, heads }: BatchResult,
    committed: (event: StoredEvent) => void,
  ): void => {
    let event = 0;
    streams.forEach((stream, index) => {
      const count = counts[index] ?? 0;
      const beforeFirst = { position: (positions[index] ?? 0) - count, revision: (heads[index] ?? 0) - count };
      for (let nth = 1; nth <= count && positions[index] !== 0; nth += 1) {
        committed({
          position: beforeFirst.position + nth,
          stream,
          revision: beforeFirst.revision + nth,
          type: types[event + nth - 1] ?? '',
          recordedAt: instant(recordedAt),
          body: bodies[event + nth - 1] ?? '',
        });
      }
      event += count;
    });
  };

  const answerAppenders = ({ positions, heads }: BatchResult): void => {
    appenders.forEach(({ resolve }, index) => {
      const [position = 0, revision = 0] = [positions[index], heads[index]];
      resolve(position === 0 ? conflictAt(revision) : { outcome: 'appended', revision, position });
    });
  };

  return {
    append: (append) =>
      new Promise((resolve, reject) => {
        const { stream, expected, events } = append;
        requireEvents(append);
        const encoded = events.map(encodeBody);
        streams.push(stream);
        expectedHeads.push(expectedHead(expected));
        counts.push(events.length);
        for (const { type } of events) types.push(type);
        bodies.push(...encoded);
        appenders.push({ resolve, reject });
      }),

    begin: (effect) => {
      effects.push([effect, 'begin']);
      return waitIn(beginners);
    },

    complete: (effect) => {
      effects.push([effect, 'complete']);
      beginners.push(undefined);
    },

    save: (consumer, position) => {
      checkpoints.push([consumer, position]);
      return waitIn(savers);
    },

    events: () => bodies.length,
    batch: (now) => ({ now, streams, expectedHeads, counts, types, bodies, effects, checkpoints }),

    answer: (result, committed) => {
      commitEvents(result, committed);
      answerAppenders(result);
      result.effects.forEach((before, index) => beginners[index]?.resolve(before));
      for (const { resolve } of savers) resolve();
    },

    fail: (why) => {
      for (const waiting of [...appenders, ...beginners, ...savers]) waiting?.reject(why);
    },

    completed: () => effects.flatMap(([key, step]) => (step === 'complete' ? [key] : [])),
  };
};
