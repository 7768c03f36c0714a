import type { Database } from 'better-sqlite3';
import { blockOf } from './schema.js';

/** The kinds of one category of streams: event type to number. */
export type CategoryKinds = Map<string, number>;

/** Gives each pair of category and event type its number, and notes which kinds occur in which block. */
export const eventKinds = (database: Database) => {
  const insertKind = database
    .prepare<[string, string], number>(
      `INSERT INTO kinds (category, type) VALUES (?, ?) ON CONFLICT DO UPDATE SET type = excluded.type RETURNING id`,
    )
    .pluck();
  const insertBlock = database.prepare<[number, number]>(
    'INSERT INTO kind_blocks (kind, block) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const categories = new Map<string, CategoryKinds>();
  const noted = new Set<number>();
  let notedBlock = -1;

  return {
    ofCategory: (category: string): CategoryKinds => {
      const kinds = categories.get(category) ?? new Map<string, number>();
      categories.set(category, kinds);
      return kinds;
    },

    numberOf: (category: string, type: string): number => {
      const kind = insertKind.get(category, type);
      if (kind === undefined) throw new Error(`no number for events ${type} of ${category}`);
      return kind;
    },

    note: (kind: number, position: number): void => {
      const block = blockOf(position);
      if (block !== notedBlock) noted.clear();
      notedBlock = block;
      if (noted.has(kind)) return;
      insertBlock.run(kind, block);
      noted.add(kind);
    },

    forget: (): void => {
      categories.clear();
      noted.clear();
    },
  };
};
