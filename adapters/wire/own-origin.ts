/** What a browser says about where a request comes from. */
export type RequestSource = Readonly<{
  origin: string | undefined;
  host: string | undefined;
  /** The header `Sec-Fetch-Site`. */
  fetchSite: string | undefined;
}>;

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);

/** Without a list, ours is the origin whose host was asked: a cookie never leaves the host that set it. */
export const isOwnOrigin = (origin: string, host: string | undefined, ownOrigins: readonly string[]): boolean =>
  ownOrigins.length > 0 ? ownOrigins.includes(origin) : host !== undefined && hostOf(origin) === host.toLowerCase();

/**
 * Whether a cookie may speak for the request: only when one of our own pages sent it. Same-origin GETs carry no
 * `Origin`, so there the browser's own `Sec-Fetch-Site` must say it.
 */
export const cameFromOwnPage = (source: RequestSource, ownOrigins: readonly string[]): boolean =>
  source.origin === undefined
    ? source.fetchSite === 'same-origin' || source.fetchSite === 'none'
    : isOwnOrigin(source.origin, source.host, ownOrigins);
