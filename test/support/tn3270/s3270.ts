import { spawnSync } from 'node:child_process';
import type { Missing } from '../outside-service.js';

/** The terminal emulator that the tests drive. */
export const emulator = process.env['TRUNKLINE_TEST_S3270'] ?? 's3270';

/** What to say when it is not there. */
export const missingEmulator = (): Missing =>
  spawnSync(emulator, ['-v']).error === undefined
    ? undefined
    : `there is no terminal emulator ${emulator}; on Debian: apt install s3270; TRUNKLINE_TEST_S3270 names another`;
