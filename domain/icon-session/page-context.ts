import type { CapturePolicy } from '../merchant/merchant.events.js';
import type { PageContext } from './icon-session.commands.js';
import type { IconSessionEvent, NamedValues, Page } from './icon-session.events.js';
import { viewOf, type KnownContext, type Values } from './icon-session.state.js';
import { isCardNumber, isSecretName } from './secret-names.js';

/**
 * What a session holds at most. Texts are cut to length; of pages before the click the latest are kept; of pages and fields
 * that come after these many, none is taken, while fields that are known still change.
 */
export const sessionLimits = { pagesBefore: 200, pages: 500, fields: 100, cookies: 100, characters: 2_000 } as const;

/** Cut to length, never within a character of two halves. */
export const clipped = (text: string): string =>
  text.length <= sessionLimits.characters
    ? text
    : text.slice(0, sessionLimits.characters).replace(/[\uD800-\uDBFF]$/, '');

export const clippedPage = ({ url, title, at }: Page): Page => ({ url: clipped(url), title: clipped(title), at });

/** A page is known by its address and when it was looked at; telling of the page that is shown already is nothing. */
const newPages = ({ page, pagesBefore = [] }: PageContext, known: KnownContext): readonly Page[] => {
  const views = new Set(known.views);
  const before = pagesBefore.slice(-sessionLimits.pagesBefore).map(clippedPage);
  const now = page ? [clippedPage(page)] : [];
  const moved = now.filter(({ url }) => url !== known.page.url);
  return [...before, ...moved].filter((told) => {
    if (views.has(viewOf(told)) || views.size >= sessionLimits.pages) return false;
    views.add(viewOf(told));
    return true;
  });
};

/** Of these, what may be passed on and was not known; `room`: how many names that are not known yet. */
const newValues = (
  told: readonly (readonly [string, string])[],
  known: Values,
  room: number,
): readonly (readonly [string, string])[] => {
  let left = room;
  return told
    .map(([name, value]) => [name, clipped(value)] as const)
    .filter(([name, value]) => {
      const before = known.get(name);
      if (before !== undefined) return before !== value;
      if (value === '' || left <= 0) return false;
      left -= 1;
      return true;
    });
};

const mayPass = (name: string, allowed: readonly string[]): boolean => allowed.includes(name) && !isSecretName(name);

const noValues: Values = new Map();

const formEvents = (
  forms: Readonly<Record<string, NamedValues>>,
  known: KnownContext,
  capture: CapturePolicy,
): readonly IconSessionEvent[] => {
  let held = [...known.forms.values()].reduce((sum, fields) => sum + fields.size, 0);
  return Object.entries(forms).flatMap(([name, values]): readonly IconSessionEvent[] => {
    const form = clipped(name);
    const fieldsBefore = known.forms.get(form) ?? noValues;
    const told = Object.entries(values).filter(
      ([field, value]) => mayPass(field, capture.formFields) && !isCardNumber(value),
    );
    const fields = newValues(told, fieldsBefore, sessionLimits.fields - held);
    held += fields.filter(([field]) => !fieldsBefore.has(field)).length;
    return fields.length > 0 ? [{ type: 'FormCaptured', data: { form, fields: Object.fromEntries(fields) } }] : [];
  });
};

const cookieEvents = (
  cookies: NamedValues,
  known: KnownContext,
  capture: CapturePolicy,
): readonly IconSessionEvent[] => {
  const told = Object.entries(cookies).filter(([name]) => mayPass(name, capture.cookies));
  const fresh = newValues(told, known.cookies, sessionLimits.cookies - known.cookies.size);
  return fresh.length > 0 ? [{ type: 'CookiesCaptured', data: { cookies: Object.fromEntries(fresh) } }] : [];
};

/** What is new in what the page tells, as far as the merchant lets it pass: secrets never (see `isSecretName`). */
export const newContext = (
  context: PageContext,
  known: KnownContext,
  capture: CapturePolicy,
): readonly IconSessionEvent[] => [
  ...newPages(context, known).map((page): IconSessionEvent => ({ type: 'PageViewed', data: { page } })),
  ...formEvents(context.forms ?? {}, known, capture),
  ...cookieEvents(context.cookies ?? {}, known, capture),
];
