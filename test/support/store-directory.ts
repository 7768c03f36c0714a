import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'mocha';

/** A directory for the cases of the describe block it is called in; gone when they are through. */
export const storeDirectory = (): { newFile: () => string; path: () => string } => {
  let directory = '';
  let files = 0;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'trunkline-store-'));
  });
  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  return {
    path: () => directory,
    newFile: () => join(directory, `log-${(files += 1)}.db`),
  };
};
