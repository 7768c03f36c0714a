import type { Context } from 'mocha';

/** What a suite needs that a fresh clone does not bring: what is missing and how to get it, or nothing when it is there. */
export type Missing = string | undefined;

/**
 * Called in a suite's first hook. Without its service the suite cannot show anything: it is skipped, in so many words; in
 * CI, where every service is to be there, it fails.
 */
export const skipWithout = (suite: Context, missing: Missing): void => {
  if (missing === undefined) return;
  if (process.env['CI'] !== undefined) throw new Error(missing);
  process.stderr.write(`\n  skipped: ${missing}\n`);
  suite.skip();
};
