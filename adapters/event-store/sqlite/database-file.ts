import { mkdir, open, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failureOf } from './sqlite-failure.js';

/** The log holds personal data: nobody but its owner reads it. SQLite gives the files beside it the same mode. */
const ownerOnly = { directory: 0o700, file: 0o600 };

const codeOf = (thrown: unknown): unknown => (thrown instanceof Error && 'code' in thrown ? thrown.code : undefined);

/** Never opens a file that is there: closing it again would drop the locks that this process holds on it (POSIX). */
const createIfMissing = async (file: string): Promise<void> => {
  try {
    await (await open(file, 'wx', ownerOnly.file)).close();
  } catch (thrown) {
    if (codeOf(thrown) !== 'EEXIST') throw thrown;
  }
};

/**
 * Creates the database's file where it is missing, and gives its one true path: a lock must not depend on the way that
 * was taken to the file.
 * @throws {EventStoreFailure}
 */
export const prepareFile = async (file: string): Promise<string> => {
  try {
    await mkdir(dirname(file), { recursive: true, mode: ownerOnly.directory });
    await createIfMissing(file);
    return await realpath(file);
  } catch (thrown) {
    throw failureOf(thrown);
  }
};
