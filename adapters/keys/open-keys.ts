import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { KeyFailure, SubjectKeys } from '#domain/contracts/keys.js';
import { keyRing } from './key-ring.js';
import type { KeyStore } from './key-store.js';
import type { WrappingSecrets } from './key-wrapping.js';
import { readKeysFile } from './keys-file.js';
import { memoryKeyStore } from './memory/memory.key-store.js';
import { openSqliteKeyStore, readSqliteKeyStore } from './sqlite/sqlite.key-store.js';

export type KeySettings = Readonly<{
  /** Where the keys are, in a file of their own. */
  folder: string;
  /** The operator's own secrets, in place of the installation's. */
  keysFile?: string | undefined;
  installationSecret: () => Promise<Uint8Array>;
}>;

const fileIn = (folder: string): string => join(folder, 'keys.db');
const secretsOf = async ({ keysFile, installationSecret }: KeySettings): Promise<WrappingSecrets> =>
  keysFile === undefined ? [await installationSecret()] : readKeysFile(keysFile);
const nobodys: WrappingSecrets = [randomBytes(32)];

const ringOn = async (store: KeyStore, secrets: () => Promise<WrappingSecrets>): Promise<SubjectKeys> => {
  try {
    return keyRing(store, await secrets());
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
};

/** Keys that live as long as the process. */
export const passingKeys = (): SubjectKeys => keyRing(memoryKeyStore(), nobodys);

/**
 * The keys of customers and agents; one process at a time has them.
 * @param onLost told when no key can be made or destroyed any more
 * @throws {KeyFailure}
 */
export const openKeys = async (settings: KeySettings, onLost?: (why: KeyFailure) => void): Promise<SubjectKeys> =>
  ringOn(await openSqliteKeyStore(fileIn(settings.folder), onLost), () => secretsOf(settings));

/** The same for operators' tools, beside whoever has them: they open, and do nothing else. @throws {KeyFailure} */
export const readKeys = (settings: KeySettings): Promise<SubjectKeys> => {
  const store = readSqliteKeyStore(fileIn(settings.folder));
  return ringOn(store, () => (store.wrapping() ? secretsOf(settings) : Promise.resolve(nobodys)));
};
