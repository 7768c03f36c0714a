import type { Database } from 'better-sqlite3';
import { EventStoreFailure } from '#domain/contracts/event-store.js';

/** `TRKL`: tells a log from any other SQLite file. */
const applicationId = 0x54524b4c;

/**
 * Each brings the database from the version before to the next; never changed once released.
 *
 * 1: Texts that come back again and again (stream names; category and type, together a kind) are kept once and stand
 * in events as integers. `kind_blocks` says which kinds occur in which run of 256 positions: enough for a filtered
 * reading to skip what it need not look at, and a twentieth of what an index entry for each event costs the writer.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE kinds (
    id INTEGER PRIMARY KEY, category TEXT NOT NULL, type TEXT NOT NULL, UNIQUE (category, type)
  ) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE TABLE kind_blocks (kind INTEGER, block INTEGER, PRIMARY KEY (kind, block)) STRICT, WITHOUT ROWID;
  CREATE TABLE effects (key TEXT PRIMARY KEY, done INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE checkpoints (consumer TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
];

/** How many positions one entry of `kind_blocks` stands for. */
export const blockSize = 256;
/** The run of positions that a position lies in. */
export const blockOf = (position: number): number => Math.floor((position - 1) / blockSize);

const numberOf = (database: Database, pragma: string): number => database.pragma(pragma, { simple: true }) as number;

const refuse = (message: string): never => {
  throw new EventStoreFailure('corrupt', message);
};

/**
 * Brings a new or older log to the version that this code writes.
 * @throws {EventStoreFailure} `corrupt` when the file is something else, or was written by a newer version
 */
export const migrate = (database: Database): void => {
  const version = numberOf(database, 'user_version');
  const empty = numberOf(database, 'schema_version') === 0;
  if (!empty && numberOf(database, 'application_id') !== applicationId) refuse('the file is no event log');
  if (version > migrations.length) {
    refuse(`the log has format ${version}; this version of the program knows up to ${migrations.length}`);
  }

  if (version === migrations.length) return;

  database.transaction(() => {
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.pragma(`application_id = ${applicationId}`);
    database.pragma(`user_version = ${migrations.length}`);
  })();
};
