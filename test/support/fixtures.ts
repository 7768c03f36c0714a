import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Missing } from './outside-service.js';

/** Recordings of real hosts and calls; they are kept beside the project, never in it. */
const folder =
  process.env['TRUNKLINE_TEST_FIXTURES'] ?? fileURLToPath(new URL('../../../../shared/fixtures', import.meta.url));

/** What to say when a recording is not there. */
export const missingFixture = (path: string): Missing =>
  existsSync(join(folder, path))
    ? undefined
    : `the recordings of ${path} are not beside this project; TRUNKLINE_TEST_FIXTURES names the folder that has them`;

export const fixture = (path: string): string => readFileSync(join(folder, path), 'utf8');
