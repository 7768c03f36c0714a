import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Credentials } from '#domain/contracts/credentials.js';
import { agentIdSchema } from '../wire/basic.schemas.js';

const fileSchema = z.strictObject({
  version: z.literal(1),
  passwordHashes: z.record(agentIdSchema, z.string().startsWith('$argon2id$')),
});
const ownerOnly = 0o600;

const readAll = async (file: string): Promise<[string, string][]> => {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return Object.entries(fileSchema.parse(JSON.parse(text)).passwordHashes);
};

const sync = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** The file is the old one or the new one, never half of either, and the new one is on the disk. */
const replace = async (file: string, text: string): Promise<void> => {
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, 'wx', ownerOnly);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await rename(draft, file);
  } catch (error) {
    await unlink(draft);
    throw error;
  }
  await sync(dirname(file));
};

/**
 * Password hashes in one JSON file that only its owner can read. Each change rewrites the file, and one process owns it:
 * good for some thousands of agents of one installation, not for a cluster.
 * @throws {Error} when the file is there and is not what this wrote
 */
export const openJsonFileCredentials = async (file: string): Promise<Credentials> => {
  await mkdir(dirname(file), { recursive: true });
  const hashes = new Map(await readAll(file));
  let lastWrite: Promise<unknown> = Promise.resolve();

  const write = (agentId: string, passwordHash: string): Promise<void> => {
    const next = async (): Promise<void> => {
      const changed = new Map(hashes).set(agentId, passwordHash);
      await replace(file, `${JSON.stringify({ version: 1, passwordHashes: Object.fromEntries(changed) }, null, 2)}\n`);
      hashes.set(agentId, passwordHash);
    };
    const written = lastWrite.then(next, next);
    lastWrite = written;
    return written;
  };

  return { save: write, load: async (agentId) => hashes.get(agentId) };
};
