import type { Column, Cell, ColumnKind } from '#domain/contracts/read-models.js';

/** The databases that rows can be kept in. */
export type Engine = 'better-sqlite3' | 'postgres';

type SqlType = 'text' | 'integer' | 'bigint' | 'boolean';

const sqlTypes: Readonly<Record<Engine, Readonly<Record<ColumnKind, SqlType>>>> = {
  'better-sqlite3': { text: 'text', integer: 'integer', boolean: 'boolean', list: 'text' },
  // Instants and positions outgrow PostgreSQL's integer.
  postgres: { text: 'text', integer: 'bigint', boolean: 'boolean', list: 'text' },
};

export const sqlTypeOf = (engine: Engine, kind: ColumnKind): SqlType => sqlTypes[engine][kind];

/** What a driver takes and gives for a cell. */
export type StoredCell = string | number | boolean | null;

// PostgreSQL's texts hold no NUL. Both engines keep the same in its place, so that neither refuses what the other takes.
const storableText = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text);

/** @throws {TypeError} when the cell is not of the column's kind: a fold has gone wrong */
export const storedCell = ({ kind, optional }: Column, cell: Cell): StoredCell => {
  if (cell === undefined && optional) return null;
  switch (kind) {
    case 'text':
      if (typeof cell === 'string') return storableText(cell);
      break;
    case 'integer':
      if (Number.isSafeInteger(cell)) return cell as number;
      break;
    case 'boolean':
      if (typeof cell === 'boolean') return cell;
      break;
    case 'list':
      if (Array.isArray(cell)) return storableText(JSON.stringify(cell));
      break;
  }
  throw new TypeError(`a column of kind ${kind} cannot hold ${cell === undefined ? 'nothing' : `a ${typeof cell}`}`);
};

/** SQLite has no booleans, and PostgreSQL's driver gives big integers as texts. */
export const readCell = ({ kind }: Column, stored: StoredCell | undefined): Cell => {
  if (stored === null || stored === undefined) return undefined;
  switch (kind) {
    case 'text':
      return String(stored);
    case 'integer':
      return Number(stored);
    case 'boolean':
      return stored === true || stored === 1;
    case 'list':
      return JSON.parse(String(stored)) as readonly string[];
  }
};
