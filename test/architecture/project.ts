import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder; the tests run from dist/test/architecture. */
export const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));

/** Relative path → contents. */
export type Files = Readonly<Record<string, string>>;

export type Tree = Readonly<{ root: string; remove: () => Promise<void> }>;

/** A folder of its own, with these files in it. */
export const plantTree = async (files: Files): Promise<Tree> => {
  const root = await mkdtemp(join(tmpdir(), 'trunkline-architecture-'));
  for (const [path, contents] of Object.entries(files)) {
    await mkdir(join(root, dirname(path)), { recursive: true });
    await writeFile(join(root, path), contents);
  }
  return { root, remove: () => rm(root, { recursive: true }) };
};
