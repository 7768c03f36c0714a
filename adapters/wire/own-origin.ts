/** What a browser says about where a request comes from. */
export type RequestSource = Readonly<{
  origin: string | undefined;
  host: string | undefined;
  /** The header `Sec-Fetch-Site`; browsers leave it out on plain http, but for localhost. */
  fetchSite: string | undefined;
  /** It only asks, and changes nothing. */
  safe: boolean;
}>;

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);

/** Without a list, ours is the origin whose host was asked: a cookie never leaves the host that set it. */
export const isOwnOrigin = (origin: string, host: string | undefined, ownOrigins: readonly string[]): boolean =>
  ownOrigins.length > 0 ? ownOrigins.includes(origin) : host !== undefined && hostOf(origin) === host.toLowerCase();

const sameSite = ({ fetchSite, safe }: RequestSource): boolean =>
  fetchSite === undefined ? safe : fetchSite === 'same-origin' || fetchSite === 'none';

/**
 * Whether a cookie may speak for the request: only when one of our own pages sent it. A browser names the origin of all
 * that can change something, and of every socket; what it asks of the page's own origin may carry no `Origin`, and then
 * its `Sec-Fetch-Site` must not say otherwise.
 */
export const cameFromOwnPage = (source: RequestSource, ownOrigins: readonly string[]): boolean =>
  source.origin === undefined ? sameSite(source) : isOwnOrigin(source.origin, source.host, ownOrigins);
