import type { Milliseconds } from '#domain/kernel/time.js';
import type { Rate } from './token-bucket.js';

export type LiveUpdateSettings = Readonly<{
  /** Origins that our pages are served from; none: whatever host the page itself was asked from. */
  ownOrigins: readonly string[];
  /** Other sites whose pages may connect, with a token and never by cookie. */
  guestOrigins: readonly string[];
  /** The pages are reached over https; a proxy may end it. */
  https: boolean;
  /** Proxies of our own in front. */
  trustedProxies: number;
  /** What one socket may send. */
  rate: Rate;
  /** Who has not joined a namespace by then does not want to. */
  joinTimeout: Milliseconds;
  /** A socket that is silent for both together is gone. */
  pingInterval: Milliseconds;
  pingTimeout: Milliseconds;
}>;

export const ordinaryLiveUpdateSettings: LiveUpdateSettings = {
  ownOrigins: [],
  guestOrigins: [],
  https: false,
  trustedProxies: 0,
  rate: { burst: 30, perSecond: 15 },
  joinTimeout: 5000,
  pingInterval: 5000,
  pingTimeout: 5000,
};
