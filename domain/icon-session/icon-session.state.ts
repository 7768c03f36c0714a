import type { Page } from './icon-session.events.js';

/** Name → value. */
export type Values = ReadonlyMap<string, string>;

export type Push = 'sent' | 'shown' | 'blocked';

/** What a session has told so far, so that telling it again is nothing. */
export type KnownContext = Readonly<{
  page: Page;
  /** Addresses with the time they were looked at. */
  views: ReadonlySet<string>;
  forms: ReadonlyMap<string, Values>;
  cookies: Values;
}>;

export type IconSession =
  | Readonly<{ status: 'unknown' }>
  | (KnownContext &
      Readonly<{
        status: 'open' | 'closed';
        pushes: ReadonlyMap<string, Push>;
        /** Percent of normal. */
        volume: number;
        echoCancellation: boolean;
      }>);

export const viewOf = ({ url, at }: Page): string => `${at} ${url}`;
