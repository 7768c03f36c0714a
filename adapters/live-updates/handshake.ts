import type { IncomingHttpHeaders } from 'node:http';
import { addressOf } from '../wire/address.js';
import { cameFromOwnPage, isOwnOrigin, type RequestSource } from '../wire/own-origin.js';
import { readCookie, staffCookieName } from '../wire/staff-cookie.js';
import type { LiveUpdateSettings } from './settings.js';

/** The parts of a socket.io handshake that are looked at. */
export type Handshake = Readonly<{
  headers: IncomingHttpHeaders;
  address: string;
  auth: Readonly<Record<string, unknown>>;
}>;

const sourceOf = (headers: IncomingHttpHeaders): RequestSource => {
  const fetchSite = headers['sec-fetch-site'];
  return {
    origin: headers.origin,
    host: headers.host,
    fetchSite: typeof fetchSite === 'string' ? fetchSite : undefined,
    // A handshake is a GET; one that becomes a web socket names its origin.
    safe: true,
  };
};

/** Pages of ours, pages that were named in the settings, and programs, which have no origin. */
export const mayConnectFrom = (
  headers: IncomingHttpHeaders,
  { ownOrigins, guestOrigins }: LiveUpdateSettings,
): boolean => {
  const { origin, host } = sourceOf(headers);
  return origin === undefined || guestOrigins.includes(origin) || isOwnOrigin(origin, host, ownOrigins);
};

/** The token of `auth`; for a page of our own, else that of its cookie. */
export const tokenOf = ({ auth, headers }: Handshake, settings: LiveUpdateSettings): string | undefined => {
  const { token } = auth as Readonly<{ token?: unknown }>;
  if (typeof token === 'string') return token;
  if (token !== undefined || !cameFromOwnPage(sourceOf(headers), settings.ownOrigins)) return undefined;
  return readCookie(headers.cookie, staffCookieName(settings.https));
};

export const addressBehind = ({ address, headers }: Handshake, { trustedProxies }: LiveUpdateSettings): string => {
  const forwardedFor = headers['x-forwarded-for'];
  return addressOf(address, typeof forwardedFor === 'string' ? forwardedFor : undefined, trustedProxies);
};
