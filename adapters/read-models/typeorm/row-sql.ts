import type { EntityManager } from 'typeorm';
import type { ReadModelRow } from '#domain/contracts/read-models.js';
import { readCell, sqlTypeOf, storedCell, type Engine, type StoredCell } from './engine.js';
import { columnName, type RowTable } from './tables.js';

/** Reads and writes many rows of one table with as few statements as the engine allows. */
export type RowSql = Readonly<{
  load: (manager: EntityManager, keys: readonly string[]) => Promise<ReadonlyMap<string, ReadModelRow>>;
  upsert: (manager: EntityManager, rows: readonly ReadModelRow[]) => Promise<void>;
  remove: (manager: EntityManager, keys: readonly string[]) => Promise<void>;
}>;

type StoredRow = Readonly<Record<string, StoredCell>>;

/** Rows in one statement of SQLite: few sizes, so that prepared statements are found again. */
const chunkSizes = [64, 8, 1] as const;

const chunks = function* <Item>(items: readonly Item[]): Generator<readonly Item[]> {
  let start = 0;
  for (const size of chunkSizes) {
    for (; items.length - start >= size; start += size) yield items.slice(start, start + size);
  }
};

const quoted = (name: string): string => `"${name}"`;

const upsertTail = ({ shape }: RowTable, names: readonly string[]): string => {
  const key = quoted(columnName(shape.key));
  const updates = names.filter((name) => name !== key).map((name) => `${name} = excluded.${name}`);
  return `ON CONFLICT (${key}) DO UPDATE SET ${updates.join(', ')}`;
};

export const rowSql = (engine: Engine, table: RowTable): RowSql => {
  const { shape, name } = table;
  const columns = Object.entries(shape.columns);
  const names = columns.map(([property]) => quoted(columnName(property)));
  const list = names.join(', ');
  const key = quoted(columnName(shape.key));
  const among = engine === 'postgres' ? '= ANY($1)' : 'IN (SELECT value FROM json_each(?))';
  const keyParameter = (keys: readonly string[]): unknown => (engine === 'postgres' ? keys : JSON.stringify(keys));

  const rowOf = (stored: StoredRow): ReadModelRow => {
    const row: Record<string, ReadModelRow[string]> = {};
    for (const [property, column] of columns) {
      const cell = readCell(column, stored[columnName(property)]);
      if (cell !== undefined) row[property] = cell;
    }
    return row;
  };

  const into = `INSERT INTO ${quoted(name)} (${list})`;
  const tail = upsertTail(table, names);
  const cellsOf = (row: ReadModelRow): readonly StoredCell[] =>
    columns.map(([property, column]) => storedCell(column, row[property]));

  /** One parameter for each column, however many rows there are. */
  const arrays = columns.map(([, { kind }], nth) => `$${nth + 1}::${sqlTypeOf('postgres', kind)}[]`).join(', ');
  const upsertArrays = async (manager: EntityManager, rows: readonly ReadModelRow[]): Promise<void> => {
    const stored = rows.map(cellsOf);
    const parameters = columns.map((_column, nth) => stored.map((cells) => cells[nth]));
    await manager.query(`${into} SELECT * FROM unnest(${arrays}) ${tail}`, parameters);
  };

  const values = `(${columns.map(() => '?').join(', ')})`;
  const valueStatements = new Map(
    chunkSizes.map((size) => [size as number, `${into} VALUES ${Array(size).fill(values).join(', ')} ${tail}`]),
  );
  const upsertValues = async (manager: EntityManager, rows: readonly ReadModelRow[]): Promise<void> => {
    for (const chunk of chunks(rows)) {
      await manager.query(valueStatements.get(chunk.length) ?? '', chunk.flatMap(cellsOf));
    }
  };

  return {
    load: async (manager, keys) => {
      const select = `SELECT ${list} FROM ${quoted(name)} WHERE ${key} ${among}`;
      const found = await manager.query<StoredRow[]>(select, [keyParameter(keys)]);
      return new Map(found.map(rowOf).map((row) => [String(row[shape.key]), row]));
    },
    upsert: engine === 'postgres' ? upsertArrays : upsertValues,
    remove: async (manager, keys) => {
      await manager.query(`DELETE FROM ${quoted(name)} WHERE ${key} ${among}`, [keyParameter(keys)]);
    },
  };
};
