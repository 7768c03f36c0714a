import type { Milliseconds } from '#domain/kernel/time.js';

/** Half of the values are below the first, all but one in a hundred below the second. None: there were no values. */
export type Quantiles = Readonly<{ p50?: Milliseconds; p99?: Milliseconds }>;

/** By nearest rank: each is one of the values. */
export const quantilesOf = (values: readonly Milliseconds[]): Quantiles => {
  const sorted = values.toSorted((one, other) => one - other);
  const rank = (share: number): Milliseconds | undefined => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  const [p50, p99] = [rank(0.5), rank(0.99)];
  return p50 === undefined || p99 === undefined ? {} : { p50, p99 };
};
