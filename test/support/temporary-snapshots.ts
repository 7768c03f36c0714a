import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealedFileSnapshots } from '#adapters/snapshots/sealed-files.snapshots.js';
import type { Snapshots } from '#domain/contracts/snapshots.js';

/** Snapshots in a folder of their own, for one test. */
export const temporarySnapshots = (): Snapshots & Readonly<{ remove: () => void }> => {
  const directory = mkdtempSync(join(tmpdir(), 'trunkline-snapshots-'));
  return {
    ...sealedFileSnapshots({ directory, secret: new Uint8Array(32) }),
    remove: () => {
      rmSync(directory, { recursive: true });
    },
  };
};
