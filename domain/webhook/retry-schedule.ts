import { after, type Instant, type Milliseconds } from '../kernel/time.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** From each failed attempt to the next. Some twelve attempts in about a day. */
const delays: readonly Milliseconds[] = [
  second,
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  6 * hour,
  10 * hour,
];
const longestDelay = 10 * hour;

/** No delivery is tried for longer than that after it first failed. */
export const giveUpAfter: Milliseconds = 24 * hour;
/** After so many attempts the contact's later events no longer wait for it. */
export const heldAttempts = 4;
/** Deliveries set aside at once; beyond that the events behind them wait. */
export const mostSetAside = 1_000;
/** So many failures in a row, and the endpoint is left alone for a while. */
export const failuresToPause = 5;
const firstPause = 5 * second;
const longestPause = hour;
/** An endpoint that has answered nothing well for that long is switched off. */
export const switchOffAfter: Milliseconds = 5 * 24 * hour;

/** A fifth to either side, so that what failed together does not come back together. */
const jittered = (delay: Milliseconds, chance: number): Milliseconds => Math.round(delay * (0.8 + 0.4 * chance));

/** @param attempts those that have failed, at least 1 */
export const retryAt = (now: Instant, attempts: number, chance: number, retryAfter: Milliseconds = 0): Instant =>
  after(now, Math.max(jittered(delays[attempts - 1] ?? longestDelay, chance), retryAfter));

/** @param times pauses in a row before this one */
export const pauseUntil = (now: Instant, times: number, chance: number, retryAfter: Milliseconds = 0): Instant =>
  after(now, Math.max(jittered(Math.min(firstPause * 2 ** times, longestPause), chance), retryAfter));

/** What an endpoint asks for is granted, but no longer than deliveries are tried at all. */
export const granted = (retryAfter: Milliseconds | undefined): Milliseconds | undefined =>
  retryAfter === undefined ? undefined : Math.min(Math.max(retryAfter, 0), giveUpAfter);
