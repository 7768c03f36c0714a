import type { Database } from 'better-sqlite3';
import type { EventFilter } from '#domain/contracts/event-store.js';
import { blockOf, blockSize } from './schema.js';

/** Blocks whose events are looked through in one go: about a millisecond of the event loop. */
const blocksPerRun = 16;

/** The positions after `from`, up to and with `upTo`. */
export type Run = Readonly<{ from: number; upTo: number }>;

/** Tells where in the log events of some kinds can be, so that a reading may skip the rest. */
export const blockIndex = (database: Database) => {
  const findKinds = database
    .prepare<[{ categories: string | null; types: string | null }], number>(
      `SELECT id FROM kinds
       WHERE (@categories IS NULL OR category IN (SELECT value FROM json_each(@categories)))
         AND (@types IS NULL OR type IN (SELECT value FROM json_each(@types)))`,
    )
    .pluck();
  const findBlock = database
    .prepare<[number, string], number | null>(
      `SELECT min(block) FROM (
         SELECT (SELECT min(block) FROM kind_blocks WHERE kind = wanted.value AND block >= ?) AS block
         FROM json_each(?) AS wanted
       )`,
    )
    .pluck();

  const json = (names: readonly string[] | undefined): string | null => (names ? JSON.stringify(names) : null);

  return {
    kindsOf: ({ categories, types }: EventFilter): readonly number[] =>
      findKinds.all({ categories: json(categories), types: json(types) }),

    /** The next run worth looking through; an empty one at `last` when there is none. */
    nextRun: (kinds: readonly number[], after: number, last: number): Run => {
      const block = findBlock.get(blockOf(after + 1), JSON.stringify(kinds)) ?? Infinity;
      const from = Math.min(last, Math.max(after, block * blockSize));
      return { from, upTo: Math.min(last, (block + blocksPerRun) * blockSize) };
    },
  };
};
