import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** 256 random bits from which every key of this installation is derived: without it, personal data cannot be read. */
export type InstallationSecret = Uint8Array;

const secretLength = 32;
const secretPattern = /^[A-Za-z0-9_-]{43}$/;
const ownerOnly = 0o600;
const everybodyElse = 0o077;

const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined;

const isMissing = (error: unknown): boolean => errorCode(error) === 'ENOENT';

/** One that nobody keeps: what it signed is worth nothing after the process. */
export const passingSecret = (): InstallationSecret => randomBytes(secretLength);

const read = async (file: string): Promise<InstallationSecret> => {
  const text = (await readFile(file, 'utf8')).trim();
  if (!secretPattern.test(text)) throw new Error(`${file} does not hold a secret of 256 bits`);
  const { mode } = await stat(file);
  if (process.platform !== 'win32' && (mode & everybodyElse) !== 0) {
    throw new Error(`${file} can be read by others: chmod 600 it`);
  }
  return Buffer.from(text, 'base64url');
};

/** The file appears with its content or not at all; whoever comes second takes what the first one made. */
const create = async (file: string): Promise<void> => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = join(dirname(file), `.${randomUUID()}.secret`);
  const handle = await open(draft, 'wx', ownerOnly);
  try {
    await handle.writeFile(`${Buffer.from(passingSecret()).toString('base64url')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(draft, ownerOnly);
  await link(draft, file).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
  await unlink(draft);
};

/**
 * The secret of this installation; made at the first start, readable by its owner only.
 * @throws {Error} when the file is damaged, or others can read it
 */
export const openInstallationSecret = async (file: string): Promise<InstallationSecret> => {
  try {
    return await read(file);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  await create(file);
  return read(file);
};
