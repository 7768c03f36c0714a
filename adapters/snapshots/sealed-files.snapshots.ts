import { mkdir, open as openFile, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { generationsKept, type Reopening, type Snapshots } from '#domain/contracts/snapshots.js';
import { sealedPieces, sealingKey, unseal } from './sealed-file.js';

const ownerOnly = { directory: 0o700, file: 0o600 };
const suffix = '.snapshot';
const draftSuffix = '.draft';
/** Encrypted in well under a millisecond. */
const pieceLength = 512 * 1024;

const codeOf = (thrown: unknown): unknown => (thrown instanceof Error && 'code' in thrown ? thrown.code : undefined);

const nameOf = (position: number): string => `${position}${suffix}`;

/** A directory that could not be synced (Windows) keeps its new name as well as it can. */
const syncDirectory = async (directory: string): Promise<void> => {
  const handle = await openFile(directory, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
};

const writeDurably = async (file: string, pieces: Iterable<Uint8Array>): Promise<void> => {
  const handle = await openFile(file, 'w', ownerOnly.file);
  try {
    for (const piece of pieces) {
      await handle.write(piece);
      await nextTurn();
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
};

type Settings = Readonly<{
  /** Made where it is missing. */
  directory: string;
  /** Of the installation: without it nobody can read them. */
  secret: Uint8Array;
}>;

/**
 * Snapshots as files that are sealed with the installation's secret. Each appears whole or not at all: a draft is written,
 * synced and then renamed. All of them may be deleted at any time.
 */
export const sealedFileSnapshots = ({ directory, secret }: Settings): Snapshots => {
  const key = sealingKey(secret);
  const pathOf = (position: number): string => join(directory, nameOf(position));

  const names = async (): Promise<readonly string[]> => {
    try {
      return await readdir(directory);
    } catch (thrown) {
      if (codeOf(thrown) === 'ENOENT') return [];
      throw thrown;
    }
  };

  const kept = async (): Promise<readonly number[]> =>
    (await names())
      .map((name) => Number(/^(\d{1,15})\.snapshot$/.exec(name)?.[1]))
      .filter((position) => !Number.isNaN(position))
      .sort((one, other) => other - one);

  const forget = async (positions: readonly number[]): Promise<void> => {
    if (positions.length === 0) return;
    for (const position of positions) await rm(pathOf(position), { force: true });
    await syncDirectory(directory);
  };

  const forgetDrafts = async (): Promise<void> => {
    for (const name of await names()) if (name.endsWith(draftSuffix)) await rm(join(directory, name), { force: true });
  };

  return {
    kept,

    load: async (position) => {
      try {
        const opened = unseal(key, position, await readFile(pathOf(position)));
        return opened instanceof Uint8Array
          ? { outcome: 'loaded', bytes: opened }
          : { outcome: 'unusable', why: opened.why };
      } catch (thrown) {
        return { outcome: 'unusable', why: thrown instanceof Error ? thrown.message : String(thrown) };
      }
    },

    save: async ({ position, bytes }) => {
      await mkdir(directory, { recursive: true, mode: ownerOnly.directory });
      await forgetDrafts();
      const draft = `${pathOf(position)}${draftSuffix}`;
      await writeDurably(draft, sealedPieces(key, position, bytes, pieceLength));
      await rename(draft, pathOf(position));
      await syncDirectory(directory);
      await forget((await kept()).slice(generationsKept));
    },

    elsewhere: { module: import.meta.url, settings: { directory, secret } satisfies Settings } satisfies Reopening,

    forgetBefore: async (position) => {
      await forgetDrafts();
      await forget((await kept()).filter((each) => each < position));
    },
  };
};

/** The name by which another thread finds it. */
export const open = sealedFileSnapshots;
