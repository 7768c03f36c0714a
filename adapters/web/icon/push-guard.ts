/**
 * May a push lead there? Only to an origin of this merchant. An origin with a slash after it is all of an address up to
 * its path, so nothing behind it can change scheme or host, and no other scheme begins like that. The server has
 * checked the same: this is for the day on which it is not the server that asks.
 */
export const mayShow = (url: string, origins: readonly string[]): boolean =>
  origins.some((origin) => url.startsWith(`${origin}/`));
