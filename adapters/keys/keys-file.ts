import { readFile, stat } from 'node:fs/promises';
import { KeyFailure } from '#domain/contracts/keys.js';
import type { WrappingSecrets } from './key-wrapping.js';

const secretPattern = /^[A-Za-z0-9_-]{43}$/;
const everybodyElse = 0o077;

const textOf = async (file: string): Promise<string> => {
  try {
    const { mode } = await stat(file);
    const text = await readFile(file, 'utf8');
    if (process.platform === 'win32' || (mode & everybodyElse) === 0) return text;
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new KeyFailure('io', `the keys file cannot be read: ${why}`, { cause: thrown });
  }
  throw new KeyFailure('io', `${file} can be read by others: chmod 600 it`);
};

/**
 * The operator's own secrets: 256 bits in each line (base64url, 43 characters). The first wraps; those below are former
 * ones, to be taken out when `trunkline keys rotate` has been run.
 * @throws {KeyFailure}
 */
export const readKeysFile = async (file: string): Promise<WrappingSecrets> => {
  const lines = (await textOf(file)).split('\n').map((line) => line.trim());
  const [first, ...others] = lines.filter((line) => line !== '');
  const secrets = [first ?? '', ...others];
  if (!secrets.every((secret) => secretPattern.test(secret))) {
    throw new KeyFailure('wrong-secret', `${file} does not hold secrets of 256 bits, one in a line`);
  }
  const [current = Buffer.alloc(0), ...former] = secrets.map((secret) => Buffer.from(secret, 'base64url'));
  return [current, ...former];
};
