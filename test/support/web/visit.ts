import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { logins, password, type WorkSite } from './work-site.js';

type Person = keyof typeof logins;

/** Somebody at a machine of their own: tabs share its cookies and what its browser keeps. */
export type Visitor = Readonly<{
  context: BrowserContext;
  /** Another tab, at that address. */
  open: (path: string) => Promise<Page>;
  /** Types login and password; arrives where the page leads. */
  signIn: (who: Person, secret?: string) => Promise<Page>;
  /** Errors that the pages have thrown, and policies that they have broken. */
  complaints: readonly string[];
  leave: () => Promise<void>;
}>;

/** What browsers report as an error and is only an answer that a page asked for. */
const answered = /status of (401|403|404|429)|net::ERR|WebSocket connection/;

export const visit = async (browser: Browser, site: WorkSite): Promise<Visitor> => {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('console', (message) => {
    if (message.type() === 'error' && !answered.test(message.text())) complaints.push(message.text());
  });
  const open = async (path: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(`${site.url}${path}`);
    return page;
  };
  return {
    context,
    open,
    signIn: async (who, secret = password) => {
      const page = await open('/sign-in');
      await page.getByLabel('Login').fill(logins[who]);
      await page.getByLabel('Password').fill(secret);
      await page.keyboard.press('Enter');
      return page;
    },
    complaints,
    leave: () => context.close(),
  };
};

/** What stands in the way of people who use the page otherwise than by eye and mouse: rule and place, one a line. */
export const barriers = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
};
