import type { Clock } from '#domain/contracts/clock.js';

/** `burst` at once, then `perSecond`. */
export type Rate = Readonly<{ burst: number; perSecond: number }>;

/** Takes one out; false when there is none left. */
export type TokenBucket = () => boolean;

/** A clock that goes backwards fills nothing, and takes nothing away. */
export const tokenBucket = ({ burst, perSecond }: Rate, clock: Clock): TokenBucket => {
  let left = burst;
  let filledAt = clock.now();
  return () => {
    const now = clock.now();
    left = Math.min(burst, left + (Math.max(0, now - filledAt) * perSecond) / 1000);
    filledAt = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
};
