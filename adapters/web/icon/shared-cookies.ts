import type { NamedValues } from '#domain/icon-session/icon-session.events.js';

/** Of `document.cookie`, those that the page has named, separated by spaces. */
export const sharedCookies = (cookie: string, names = ''): NamedValues =>
  Object.fromEntries(
    cookie
      .split('; ')
      .map((pair) => pair.split(/=(.*)/) as [name: string, value: string])
      .filter(([name]) => names.split(' ').includes(name)),
  );
