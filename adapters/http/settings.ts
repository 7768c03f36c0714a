import type { Milliseconds } from '#domain/kernel/time.js';

/** So many in a minute. */
type PerMinute = number;

export type HttpSettings = Readonly<{
  host: string;
  /** 0: any that is free. */
  port: number;
  /** Where the built pages lie: `icon.js`, `call/`, `work/`. */
  webDirectory: string;
  /** Origins that our pages are served from; none: whatever host the page itself was asked from. */
  ownOrigins: readonly string[];
  /** The pages are reached over https; a proxy may end it. */
  https: boolean;
  /** Proxies of our own in front. */
  trustedProxies: number;
  staffTokenLifetime: Milliseconds;
  limits: Readonly<{
    signInsPerAddress: PerMinute;
    failedSignInsPerLogin: PerMinute;
    clicksPerAddress: PerMinute;
    /** Look-ups that find nothing: who asks right is never slowed down. */
    missedLookUpsPerAddress: PerMinute;
  }>;
}>;

export const ordinaryHttpSettings: Omit<HttpSettings, 'webDirectory'> = {
  host: '127.0.0.1',
  port: 8080,
  ownOrigins: [],
  https: false,
  trustedProxies: 0,
  staffTokenLifetime: 12 * 60 * 60 * 1000,
  limits: {
    signInsPerAddress: 30,
    failedSignInsPerLogin: 10,
    clicksPerAddress: 120,
    missedLookUpsPerAddress: 120,
  },
};
