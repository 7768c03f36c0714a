import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'mocha';

/** For each case of the describe block it is called in a directory of its own; gone when the case is through. */
export const freshDirectory = (): { readonly path: string } => {
  let path = '';
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'trunkline-fresh-'));
  });
  afterEach(() => {
    rmSync(path, { recursive: true, force: true });
  });
  return {
    get path() {
      return path;
    },
  };
};
