import { access, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EventStoreFailure } from '#domain/contracts/event-store.js';
import { acknowledgedIn } from '../acknowledged-mark.js';
import { failureOf } from '../sqlite-failure.js';
import { verifySqliteLog, type OnProgress, type Verified } from '../verify/verify-sqlite-log.js';
import { pack, type KeptFile, type KeyPlace } from './archive.js';
import { copyDatabase } from './copy-database.js';

export type BackUpSettings = Readonly<{
  /** The data folder, in which the log is `events.db`. */
  data: string;
  /** Names of files in that folder without which the product does not start as it was; missing ones are left out. */
  files: readonly string[];
  /** Name of the key store in that folder, and where its copy goes. */
  keys: Readonly<{ file: string; place: KeyPlace }>;
  target: string;
  onCopied: OnProgress;
  onVerified: OnProgress;
}>;

/** `keys`: the file of the keys, where they are apart. */
export type BackedUp = Pick<Verified, 'events' | 'heads'> & Readonly<{ keys: string | undefined }>;

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

const syncFile = async (file: string): Promise<void> => {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const quietly: OnProgress = () => undefined;

const filesIn = async (data: string, names: readonly string[]): Promise<readonly KeptFile[]> => {
  const present: string[] = [];
  for (const name of names) if (await isThere(join(data, name))) present.push(name);
  return Promise.all(present.map(async (name) => ({ name, content: await readFile(join(data, name)) })));
};

/** @throws {EventStoreFailure} when the copy is not a whole log, up to what was acknowledged before it was begun */
const requireWhole = ({ events, findings }: Verified, acknowledged: number): void => {
  const [first] = findings;
  if (first) {
    const { position, wrong } = first;
    const where = position === undefined ? '' : `position ${position}: `;
    throw new EventStoreFailure('corrupt', `the log is damaged, and so would be its backup: ${where}${wrong}`);
  }
  if (events >= acknowledged) return;
  throw new EventStoreFailure('corrupt', `the copy ends at ${events}, before ${acknowledged}, which is acknowledged`);
};

const make = async (settings: BackUpSettings, part: string, keysPart: string): Promise<BackedUp> => {
  const { data, keys } = settings;
  const log = join(data, 'events.db');
  const acknowledged = acknowledgedIn(log);
  await copyDatabase(log, part, settings.onCopied);
  const verified = await verifySqliteLog({ file: part, onProgress: settings.onVerified });
  requireWhole(verified, acknowledged);

  // After the log: a key is there before the first event that needs it.
  const keyStore = join(data, keys.file);
  const place = (await isThere(keyStore)) ? keys.place : 'none';
  if (place !== 'none') await copyDatabase(keyStore, keysPart, quietly);
  const files = await filesIn(data, settings.files);
  const inside = place === 'inside' ? [{ name: keys.file, content: await readFile(keysPart) }] : [];
  pack(part, { keys: place, files: [...files, ...inside] });
  await syncFile(part);
  if (place === 'apart') await syncFile(keysPart);
  return { ...verified, keys: place === 'apart' ? `${settings.target}.keys` : undefined };
};

/**
 * Makes a backup of one moment, beside a running product or without one: the log, and the files without which the
 * product would not start as it was. It appears whole and verified, or not at all.
 *
 * The keys of personal data go into a file apart unless it is asked otherwise: who is erased is erased by the
 * destruction of a key, and a backup that held the key would bring the person back. Of the keys, keep the newest copy
 * only; of the log, as many as you like.
 * @throws {EventStoreFailure}
 */
export const backUpSqliteStore = async (settings: BackUpSettings): Promise<BackedUp> => {
  const { target } = settings;
  const [part, keysPart, keysTarget] = [`${target}.part`, `${target}.keys.part`, `${target}.keys`];
  try {
    for (const file of [target, keysTarget]) {
      if (await isThere(file)) throw new EventStoreFailure('io', `${file} is already there`);
    }
    for (const file of [part, keysPart]) await rm(file, { force: true });
    const made = await make(settings, part, keysPart);
    if (made.keys !== undefined) await rename(keysPart, made.keys);
    await rename(part, target);
    await syncFile(dirname(target));
    return made;
  } catch (thrown) {
    throw failureOf(thrown);
  } finally {
    for (const file of [part, keysPart]) await rm(file, { force: true });
  }
};
