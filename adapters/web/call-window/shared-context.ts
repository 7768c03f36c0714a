import type { PageContext } from '#domain/icon-session/icon-session.commands.js';
import type { NamedValues, Page } from '#domain/icon-session/icon-session.events.js';
import type { CapturePolicy } from '#domain/merchant/merchant.events.js';
import type { FromPage } from '../shared/page-messages.js';

export const sharedGroups = ['pages', 'forms', 'cookies'] as const;
export type SharedGroup = (typeof sharedGroups)[number];
/** What the customer lets through; what is switched off does not leave this window. */
export type Switches = Readonly<Record<SharedGroup, boolean>>;

type Told = Pick<FromPage, 'pages' | 'forms' | 'cookies'>;

/** Within the server's own limits, in characters: one odd page must not make a whole click invalid. */
const limits = { title: 500, url: 4000, name: 200, value: 2000, values: 100, forms: 20 };
/** How much of each may travel at once, in characters: one may take three bytes, and all of it must fit in 64 kB. */
const room = { pages: 10_000, forms: 8000, cookies: 3000 };
const unsafeNames = ['', '__proto__', 'constructor', 'prototype'];

/** As many as there is room for, the first ones first. */
const fitting = <Item>(items: readonly Item[], available: number): readonly Item[] => {
  let left = available;
  return items.filter((item) => (left -= JSON.stringify(item).length) >= 0);
};

/** What comes from a page that is not ours may be anything, whatever its type says. */
const named = (values: unknown): [string, unknown][] =>
  Object.entries(values ?? {}).filter(([name]) => name.length <= limits.name && !unsafeNames.includes(name));

const valuesOf = (values: unknown, available: number, allowed?: readonly string[]): NamedValues => {
  const texts = named(values)
    .filter(([name]) => allowed?.includes(name) ?? true)
    .map(([name, value]) => [name, String(value).slice(0, limits.value)] as const);
  return Object.fromEntries(fitting(texts, available).slice(0, limits.values));
};

const formsOf = (forms: unknown, allowed?: readonly string[]): Record<string, NamedValues> => {
  const filled = named(forms)
    .map(([form, values]) => [form, valuesOf(values, room.forms, allowed)] as const)
    .filter(([, values]) => Object.keys(values).length > 0);
  return Object.fromEntries(fitting(filled, room.forms + 2 * limits.name).slice(0, limits.forms));
};

const pagesOf = (pages: unknown): readonly Page[] =>
  (Array.isArray(pages) ? (pages as Record<keyof Page, unknown>[]) : [])
    .map(({ url, title, at }) => ({
      url: String(url),
      title: String(title).slice(0, limits.title),
      at: Number(at) as Page['at'],
    }))
    .filter(({ url }) => /^https?:\/\/\S+$/.test(url) && url.length <= limits.url);

/** What may go to the server of what the page told: groups that are switched on, names that the merchant allows. */
export const shareable = (told: Told, switches: Switches, allowed?: CapturePolicy): Told => ({
  pages: switches.pages ? pagesOf(told.pages) : [],
  forms: switches.forms ? formsOf(told.forms, allowed?.formFields) : {},
  cookies: switches.cookies ? valuesOf(told.cookies, room.cookies, allowed?.cookies) : {},
});

/** The first thing told about a page: all of it. A customer who shares no pages is still somewhere: on that origin. */
export const firstContext = (told: Told, switches: Switches, origin: string, at: Page['at']): PageContext => {
  const { pages, forms, cookies } = shareable(told, switches);
  const page = pages.at(-1) ?? { url: `${origin}/`, title: '', at };
  const pagesBefore = fitting(pages.slice(0, -1).reverse(), room.pages).toReversed();
  return { page, pagesBefore, forms, cookies };
};

/** What has been told already, group by group; kept, so that a reloaded window does not tell it again. */
export type Sent = Partial<Record<SharedGroup, string>>;

export const digestOf = ({ pages, forms, cookies }: Told): Sent => {
  const page = pages.at(-1);
  return {
    ...(page && { pages: JSON.stringify([page.url, page.title]) }),
    forms: JSON.stringify(forms),
    cookies: JSON.stringify(cookies),
  };
};

/** What is new since then; `undefined` when nothing is. */
export const newContext = (told: Told, sent: Sent): PageContext | undefined => {
  const now = digestOf(told);
  const isNew = (group: SharedGroup): boolean => now[group] !== undefined && now[group] !== sent[group];
  const page = told.pages.at(-1);
  const context = {
    ...(page && isNew('pages') && { page }),
    ...(isNew('forms') && Object.keys(told.forms).length > 0 && { forms: told.forms }),
    ...(isNew('cookies') && Object.keys(told.cookies).length > 0 && { cookies: told.cookies }),
  };
  return Object.keys(context).length > 0 ? context : undefined;
};

/** Names, for the customer to see, of what is being shared now; a field that is still empty says nothing. */
export const sharedNames = ({ pages, forms, cookies }: Told): Readonly<Record<SharedGroup, readonly string[]>> => ({
  pages: pages.map(({ title, url }) => title || url),
  forms: Object.values(forms).flatMap((fields) => Object.keys(fields).filter((name) => fields[name])),
  cookies: Object.keys(cookies),
});
