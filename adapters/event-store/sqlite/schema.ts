import type { Database } from 'better-sqlite3';
import { EventStoreFailure } from '#domain/contracts/event-store.js';
import { migrations } from './migrations.js';

/** `TRKL`: tells a log from any other SQLite file. */
export const applicationId = 0x54524b4c;

/** How many positions one entry of `kind_blocks` stands for. */
export const blockSize = 256;
/** The run of positions that a position lies in. */
export const blockOf = (position: number): number => Math.floor((position - 1) / blockSize);

const numberOf = (database: Database, pragma: string): number => database.pragma(pragma, { simple: true }) as number;

const refuse = (message: string): never => {
  throw new EventStoreFailure('corrupt', message);
};

/** Version of the format that this code writes. */
export const format = migrations.length;

/**
 * Tells in which format a log is; 0: an empty database.
 * @throws {EventStoreFailure} `corrupt` when the file is something else, or was written by a newer version
 */
export const formatOf = (database: Database): number => {
  const version = numberOf(database, 'user_version');
  const empty = numberOf(database, 'schema_version') === 0;
  if (!empty && numberOf(database, 'application_id') !== applicationId) refuse('the file is no event log');
  if (version > format) refuse(`the log has format ${version}; this version of the program knows up to ${format}`);
  return version;
};

/**
 * Brings a new or older log to the version that this code writes.
 * @throws {EventStoreFailure} `corrupt` when the file is something else, or was written by a newer version
 */
export const migrate = (database: Database): void => {
  const version = formatOf(database);
  if (version === format) return;

  database.transaction(() => {
    for (const step of migrations.slice(version)) step(database);
    database.pragma(`application_id = ${applicationId}`);
    database.pragma(`user_version = ${format}`);
  })();
};
