import Database from 'better-sqlite3';
import { KeyFailure } from '#domain/contracts/keys.js';

/** `TRKK`: tells a key store from any other SQLite file. */
const applicationId = 0x54524b4b;
const formatVersion = 1;

/**
 * Keys stand in a table in the order they came, each in a row of one length: SQLite adds such rows at the end and
 * overwrites them where they are, so no page ever keeps a second copy of a key that a deletion would not reach.
 */
const schema = `
  CREATE TABLE wrapping (id INTEGER PRIMARY KEY CHECK (id = 1), salt BLOB NOT NULL, proof BLOB NOT NULL) STRICT;
  CREATE TABLE keys (
    id INTEGER PRIMARY KEY, subject TEXT NOT NULL UNIQUE, destroyed INTEGER NOT NULL, wrapped BLOB NOT NULL
  ) STRICT;
`;

const codeOf = (thrown: unknown): string => (thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '');

/** Any error of the database (sqlite.org/rescode.html) in the words of the contract. */
export const keyFailureOf = (thrown: unknown): KeyFailure => {
  if (thrown instanceof KeyFailure) return thrown;
  const [code, message] = [codeOf(thrown), thrown instanceof Error ? thrown.message : String(thrown)];
  const full = code === 'SQLITE_FULL' || code === 'ENOSPC';
  return new KeyFailure(full ? 'disk-full' : 'io', `keys.db: ${message}`, { cause: thrown });
};

const numberOf = (database: Database.Database, pragma: string): number =>
  database.pragma(pragma, { simple: true }) as number;

const migrate = (database: Database.Database): void => {
  const empty = numberOf(database, 'schema_version') === 0;
  if (!empty && numberOf(database, 'application_id') !== applicationId) {
    throw new KeyFailure('io', 'keys.db is no key store');
  }
  const version = numberOf(database, 'user_version');
  if (version > formatVersion) {
    throw new KeyFailure(
      'io',
      `keys.db has format ${version}; this version of the program knows up to ${formatVersion}`,
    );
  }
  if (!empty) return;
  database.transaction(() => {
    database.exec(schema);
    database.pragma(`application_id = ${applicationId}`);
    database.pragma(`user_version = ${formatVersion}`);
  })();
};

/** The one connection that writes. A commit has reached the disk when it returns. @throws {KeyFailure} */
export const openKeysForWriting = (file: string): Database.Database => {
  const database = new Database(file, { timeout: 0 });
  database.pragma('secure_delete = ON');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('fullfsync = 1');
  database.pragma('checkpoint_fullfsync = 1');
  migrate(database);
  return database;
};

/**
 * Claims the keys for this process: an exclusive transaction on an empty database beside them, which the operating system
 * ends with the process, however that ends.
 * @throws {KeyFailure} `locked-by-another-process`
 */
export const claimKeys = (file: string): Readonly<{ release: () => void }> => {
  const lock = new Database(`${file}.lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (thrown) {
    lock.close();
    if (!codeOf(thrown).startsWith('SQLITE_BUSY')) throw keyFailureOf(thrown);
    throw new KeyFailure(
      'locked-by-another-process',
      `${file} is already open, here or in another process: stop it first`,
    );
  }
  return {
    release: () => {
      lock.close();
    },
  };
};
