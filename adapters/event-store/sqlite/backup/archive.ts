import Database from 'better-sqlite3';
import { EventStoreFailure } from '#domain/contracts/event-store.js';
import { applicationId as logId } from '../schema.js';

/** `TRKB`: a backup is a log with a few more files in it, and is not to be taken for a log. */
const backupId = 0x54524b42;

/** Where the keys of personal data are: in a file apart, among the files of the backup, or nowhere. */
export const keyPlaces = ['apart', 'inside', 'none'] as const;
export type KeyPlace = (typeof keyPlaces)[number];

export type KeptFile = Readonly<{ name: string; content: Buffer }>;
export type Contents = Readonly<{ keys: KeyPlace; files: readonly KeptFile[] }>;

/** A name, never a path: whoever made the backup does not choose where restoring writes. */
const plainName = /^[a-z0-9][a-z0-9.-]*$/;

const openAlone = (file: string): Database.Database => {
  const database = new Database(file, { timeout: 0 });
  database.pragma('synchronous = FULL');
  // What is taken out again must not stay behind in free pages: it is secret.
  database.pragma('secure_delete = ON');
  return database;
};

const change = (file: string, id: number, how: (database: Database.Database) => void): void => {
  const database = openAlone(file);
  try {
    database.transaction(() => {
      how(database);
      database.pragma(`application_id = ${id}`);
    })();
  } finally {
    database.close();
  }
};

/** Makes the copy of a log a backup. */
export const pack = (file: string, { keys, files }: Contents): void => {
  change(file, backupId, (database) => {
    database.exec(`
      CREATE TABLE kept_files (name TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT;
      CREATE TABLE kept_keys (place TEXT NOT NULL) STRICT;
    `);
    const keep = database.prepare<[string, Buffer]>('INSERT INTO kept_files (name, content) VALUES (?, ?)');
    for (const { name, content } of files) keep.run(name, content);
    database.prepare<[KeyPlace]>('INSERT INTO kept_keys (place) VALUES (?)').run(keys);
  });
};

/**
 * What a backup holds beside the log.
 * @throws {EventStoreFailure} `corrupt` when it is no backup
 */
export const contentsOf = (file: string): Contents => {
  const database = new Database(file, { readonly: true });
  try {
    if (database.pragma('application_id', { simple: true }) !== backupId) {
      throw new EventStoreFailure('corrupt', `${file} is no backup`);
    }
    const keys = database.prepare<[], KeyPlace>('SELECT place FROM kept_keys').pluck().get() ?? 'none';
    const files = database.prepare<[], KeptFile>('SELECT name, content FROM kept_files ORDER BY name').all();
    const strange = files.find(({ name }) => !plainName.test(name));
    if (strange) throw new EventStoreFailure('corrupt', `${file} holds a file that is called ${strange.name}`);
    return { keys, files };
  } finally {
    database.close();
  }
};

/** Makes the copy of a backup a log again. */
export const unpack = (file: string): void => {
  change(file, logId, (database) => {
    database.exec('DROP TABLE kept_files; DROP TABLE kept_keys');
  });
};
