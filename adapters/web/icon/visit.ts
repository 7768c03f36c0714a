import type { Page } from '#domain/icon-session/icon-session.events.js';

/** The address as it is told: a fragment may hold an access token, unless it is an address within a single-page shop. */
export const toldAddress = (href: string): string => href.replace(/#(?![/!]).*/, '');

/**
 * The pages of this visit with the present one as the last; at most 50 before it. A reload is no new page, but the
 * title may have become another.
 */
export const visited = (pages: readonly Page[], { url, title, at }: Page): readonly Page[] => {
  const told = toldAddress(url);
  const last = pages.at(-1);
  return last?.url === told
    ? [...pages.slice(0, -1), { ...last, title }]
    : [...pages, { url: told, title, at }].slice(-51);
};
