import { mkdir, open } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { KeyFailure } from '#domain/contracts/keys.js';
import type { KeyStore, WrappedKey } from '../key-store.js';
import type { WrappingRecord } from '../key-wrapping.js';
import { keyFailureOf } from './key-database.js';
import { startKeyWriter } from './key-writer-thread.js';

const ownerOnly = { directory: 0o700, file: 0o600 };

type Reading = Pick<KeyStore, 'wrapping' | 'find' | 'all'>;

/** Single look-ups on this thread: some microseconds each, and only for keys that are not held. */
const readFrom = (database: Database.Database): Reading => {
  const findKey = database.prepare<[string], [destroyed: number, wrapped: Buffer]>(
    'SELECT destroyed, wrapped FROM keys WHERE subject = ?',
  );
  const allKeys = database.prepare<[], WrappedKey>('SELECT subject, wrapped FROM keys WHERE destroyed = 0 ORDER BY id');
  const findWrapping = database.prepare<[], WrappingRecord>('SELECT salt, proof FROM wrapping');
  findKey.raw();

  const read = <Answer>(reading: () => Answer): Answer => {
    try {
      return reading();
    } catch (thrown) {
      throw keyFailureOf(thrown);
    }
  };
  return {
    wrapping: () => read(() => findWrapping.get()),
    find: (subject) => {
      const row = read(() => findKey.get(subject));
      if (!row) return undefined;
      const [destroyed, wrapped] = row;
      return destroyed === 1 ? 'destroyed' : wrapped;
    },
    all: () => read(() => allKeys.all()),
  };
};

const createIfMissing = async (file: string): Promise<void> => {
  await mkdir(dirname(file), { recursive: true, mode: ownerOnly.directory });
  try {
    await (await open(file, 'wx', ownerOnly.file)).close();
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown;
  }
};

/**
 * Keys in a database of their own, beside the log and never in its backups.
 * @param onLost told when they can no longer be written
 * @throws {KeyFailure} `locked-by-another-process`, `disk-full` or `io`
 */
export const openSqliteKeyStore = async (
  file: string,
  onLost: (why: KeyFailure) => void = () => undefined,
): Promise<KeyStore> => {
  try {
    await createIfMissing(file);
  } catch (thrown) {
    throw keyFailureOf(thrown);
  }
  const thread = await startKeyWriter(file, onLost);
  const database = new Database(file, { readonly: true });
  const reading = readFrom(database);
  return {
    ...reading,
    save: (key, wrapping) => thread.write({ write: 'save', key, wrapping }),
    destroy: (subjects) => thread.write({ write: 'destroy', subjects }),
    rewrap: (keys, wrapping) => thread.write({ write: 'rewrap', keys, wrapping }),
    close: async () => {
      database.close();
      await thread.close();
    },
  };
};

const noKeys: Reading = { wrapping: () => undefined, find: () => undefined, all: () => [] };
const refuse = (): Promise<never> => Promise.reject(new KeyFailure('io', 'keys.db was opened for reading'));
const readOnly = { save: refuse, destroy: refuse, rewrap: refuse };

/** The keys as they are, read beside whoever writes them; a store that is not there has none. @throws {KeyFailure} */
export const readSqliteKeyStore = (file: string): KeyStore => {
  if (!existsSync(file)) return { ...noKeys, ...readOnly, close: () => Promise.resolve() };
  const database = new Database(file, { readonly: true });
  return {
    ...readFrom(database),
    ...readOnly,
    close: () => {
      database.close();
      return Promise.resolve();
    },
  };
};
