import type { Browser, BrowserContext, Page } from 'playwright-core';

/** What went wrong on a page: scripts that fell, policies that were broken. */
const troubles = (page: Page): string[] => {
  const heard: string[] = [];
  page.on('pageerror', (error) => heard.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/favicon|404/.test(`${message.text()} ${message.location().url}`)) {
      heard.push(message.text());
    }
  });
  return heard;
};

export type Shopper = Readonly<{
  context: BrowserContext;
  shop: Page;
  /** What went wrong on the shop's pages and in call windows. */
  troubles: readonly string[];
  /** Presses something in the shop and waits for the call window that it opens. */
  callBy: (press: () => Promise<void>) => Promise<Page>;
}>;

/** Somebody at a browser of their own, on a page of the shop. */
export const shopperOn = async (browser: Browser, address: string): Promise<Shopper> => {
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
  const heard: string[][] = [];
  context.on('page', (page) => heard.push(troubles(page)));
  const shop = await context.newPage();
  await shop.goto(address);
  return {
    context,
    shop,
    get troubles() {
      return heard.flat();
    },
    callBy: async (press) => {
      const [callWindow] = await Promise.all([context.waitForEvent('page'), press()]);
      await callWindow.locator('#state').filter({ hasText: /\S/ }).waitFor();
      return callWindow;
    },
  };
};

/** What the call window says about the call now. */
export const saying = (callWindow: Page, words: string | RegExp): Promise<void> =>
  callWindow.locator('#state').filter({ hasText: words }).waitFor();
