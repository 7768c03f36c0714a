import Database from 'better-sqlite3';
import { inGroups, type DurableLog } from './durable-log.js';

type Row = [stream: string, revision: number, id: string, type: string, event: string];

/** What one would write first: better-sqlite3 on the main thread, text keys, as durable and with the same checkpoints. */
export const bareSqliteLog = (file: string): DurableLog => {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('wal_autocheckpoint = 16384');
  database.exec(`
    CREATE TABLE events (
      position INTEGER PRIMARY KEY,
      stream TEXT NOT NULL,
      revision INTEGER NOT NULL,
      id TEXT NOT NULL UNIQUE,
      type TEXT NOT NULL,
      event TEXT NOT NULL,
      UNIQUE (stream, revision)
    )`);
  const insert = database.prepare<Row>('INSERT INTO events (stream, revision, id, type, event) VALUES (?, ?, ?, ?, ?)');

  const insertAll = database.transaction((rows: readonly Row[]) => {
    for (const row of rows) insert.run(...row);
  });
  const append = inGroups<Row>((rows) => {
    insertAll.immediate(rows);
  });

  return {
    append: (stream, revision, event) => append([stream, revision, event.id, event.type, JSON.stringify(event)]),
    close: async () => {
      database.close();
    },
  };
};
