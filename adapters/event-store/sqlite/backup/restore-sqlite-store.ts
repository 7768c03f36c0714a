import { mkdir, open, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { EventStoreFailure } from '#domain/contracts/event-store.js';
import { claim } from '../database-lock.js';
import { failureOf } from '../sqlite-failure.js';
import { verifySqliteLog, type OnProgress, type Verified } from '../verify/verify-sqlite-log.js';
import { contentsOf, unpack, type Contents } from './archive.js';
import { copyDatabase } from './copy-database.js';

export type RestoreSettings = Readonly<{
  backup: string;
  /** The data folder to be; missing or empty. */
  data: string;
  /** Name of the key store in that folder. */
  keyStore: string;
  /** File of the keys where the backup was made with them apart; `none`: what is personal stays unreadable. */
  keys: string | undefined;
  onCopied: OnProgress;
  onVerified: OnProgress;
}>;

export type Restored = Pick<Verified, 'events' | 'heads'>;

const log = 'events.db';
/** What is not verified yet stands in a folder of its own, where no product looks for a log. */
const unfinished = '.restoring';
const ownerOnly = { directory: 0o700, file: 0o600 };
const quietly: OnProgress = () => undefined;

const refuse = (message: string): never => {
  throw new EventStoreFailure('io', message);
};

const requireEmpty = async (data: string): Promise<void> => {
  const found = (await readdir(data)).filter((name) => name !== unfinished && !name.startsWith(`${log}.lock`));
  if (found.length > 0) {
    refuse(`${data} is not empty (${found.slice(0, 3).join(', ')}): a backup is restored into an empty folder`);
  }
};

/** The keys' file to restore, if there is one. */
const keysFor = ({ backup, keys }: RestoreSettings, contents: Contents): string | undefined => {
  if (keys === 'none') return undefined;
  if (keys === undefined && contents.keys === 'apart') {
    return refuse(
      `${backup} was made with the keys of personal data apart: name their newest copy (--keys <file>), ` +
        'or leave what is personal unreadable (--keys none)',
    );
  }
  if (keys !== undefined && contents.keys !== 'apart') return refuse(`${backup} was not made with the keys apart`);
  return keys;
};

const write = async (file: string, content: Buffer): Promise<void> => {
  await writeFile(file, content, { mode: ownerOnly.file, flag: 'wx', flush: true });
};

const requireIntegrity = (file: string): void => {
  const database = new Database(file, { readonly: true });
  try {
    const said = database.pragma('integrity_check(1)', { simple: true });
    if (said !== 'ok') throw new EventStoreFailure('corrupt', `${file}: ${String(said)}`);
  } finally {
    database.close();
  }
};

const restoreInto = async (folder: string, settings: RestoreSettings): Promise<Restored> => {
  const { backup, keyStore, onCopied, onVerified } = settings;
  const contents = contentsOf(backup);
  const keys = keysFor(settings, contents);
  await copyDatabase(backup, join(folder, log), onCopied);
  unpack(join(folder, log));
  const verified = await verifySqliteLog({ file: join(folder, log), onProgress: onVerified });
  const [first] = verified.findings;
  if (first) throw new EventStoreFailure('corrupt', `the backup is damaged: ${first.wrong}`);
  const wanted = contents.files.filter(({ name }) => name !== keyStore || settings.keys !== 'none');
  for (const { name, content } of wanted) await write(join(folder, name), content);
  if (keys !== undefined) await copyDatabase(keys, join(folder, keyStore), quietly);
  if (keys !== undefined || wanted.some(({ name }) => name === keyStore)) requireIntegrity(join(folder, keyStore));
  return verified;
};

/** The log comes last: with it the folder counts as restored. */
const moveUp = async (from: string, to: string): Promise<void> => {
  const names = await readdir(from);
  for (const name of names.filter((each) => each !== log)) await rename(join(from, name), join(to, name));
  await rename(join(from, log), join(to, log));
  await rmdir(from);
  const directory = await open(to, 'r');
  await directory.sync();
  await directory.close();
};

/**
 * Makes a data folder from a backup. Nothing counts until all of it is verified; a product that is started on the
 * folder meanwhile is refused.
 * @throws {EventStoreFailure}
 */
export const restoreSqliteStore = async (settings: RestoreSettings): Promise<Restored> => {
  const { data } = settings;
  const folder = join(data, unfinished);
  try {
    await mkdir(data, { recursive: true, mode: ownerOnly.directory });
    await requireEmpty(data);
    const lock = claim(join(data, log));
    try {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { mode: ownerOnly.directory });
      const restored = await restoreInto(folder, settings);
      await moveUp(folder, data);
      return restored;
    } finally {
      await rm(folder, { recursive: true, force: true });
      lock.release();
    }
  } catch (thrown) {
    throw failureOf(thrown);
  }
};
