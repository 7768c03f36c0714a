import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { loadSettings } from '#config/load.js';
import { compose, type Trunkline } from '#src/compose.js';
import { launchChromium } from '#test/support/chromium.js';
import { until } from '#test/support/web/until.js';

const silent = (): void => {};
const log = { debug: silent, info: silent, warn: silent, error: silent };

/** The demo as it starts for a newcomer, with its shop, its simulated telephones and its agents. */
describe('one call, from the shop to the wrap-up', () => {
  let browser: Browser;
  let trunkline: Trunkline;
  const contexts: BrowserContext[] = [];
  let anna: Page;
  let ben: Page;
  let shop: Page;
  let callWindow: Page;
  let contactId: string;

  const machine = async (): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
    contexts.push(context);
    return context.newPage();
  };
  const demo = (): NonNullable<Trunkline['demo']> => {
    if (!trunkline.demo) throw new Error('the demo did not open');
    return trunkline.demo;
  };
  const agent = async (nth: number): Promise<Page> => {
    const logIn = demo().access.logIns[nth];
    if (!logIn) throw new Error(`the demo has no log-in ${nth}`);
    const page = await machine();
    await page.goto(`${trunkline.url}/sign-in`);
    await page.getByLabel('Login').fill(logIn.login);
    await page.getByLabel('Password').fill(logIn.password);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Log on' }).click();
    await page.getByText('Just logged on').waitFor();
    return page;
  };
  const state = (page: Page) => page.getByRole('complementary', { name: 'You' }).locator('.presence-words');
  const becomes = (page: Page, words: string): Promise<void> =>
    until(words, async () => (await state(page).innerText()) === words);
  const contact = (page: Page) => page.getByRole('region', { name: 'Contact' });

  before(async () => {
    browser = await launchChromium();
    const settings = loadSettings({ port: '0', shopPort: '0', eventStore: 'memory' }, {});
    trunkline = await compose(settings, log, (error) => {
      throw error;
    });
    anna = await agent(0);
    ben = await agent(1);
  });
  after(async () => {
    for (const context of contexts) await context.close();
    await browser.close();
    await trunkline.stop();
  });

  it('begins on the shop’s page, which stays as it is', async () => {
    await anna.keyboard.press('r');
    await becomes(anna, 'Ready');
    shop = await machine();
    await shop.goto(demo().shopUrl);
    await shop.goto(`${demo().shopUrl}/returns.html`);
    await shop.getByLabel('Order', { exact: false }).first().fill('88213');
    const [opened] = await Promise.all([
      shop.context().waitForEvent('page'),
      shop.locator('[data-trunkline]').first().click(),
    ]);
    callWindow = opened;
    expect(new URL(shop.url()).pathname).to.equal('/returns.html');
  });

  it('is on the agent’s screen before it is answered: the icon, the page, the way there and the form so far', async () => {
    await anna.getByRole('button', { name: 'Answer' }).waitFor();
    const told = contact(anna);
    await told.getByText('Returns', { exact: true }).first().waitFor();
    await told.getByText('Certain', { exact: true }).waitFor();
    await told.getByText('/returns.html').waitFor();
    await told.getByText('88213').waitFor();
    await becomes(anna, 'Ringing');
  });

  it('is answered, held and retrieved by keyboard', async () => {
    await until('Answer has the focus', () =>
      anna.evaluate<boolean>('document.activeElement.textContent.includes("Answer")'),
    );
    await anna.keyboard.press('Enter');
    await becomes(anna, 'Talking');
    await anna.keyboard.press('h');
    await becomes(anna, 'On hold');
    await anna.keyboard.press('h');
    await becomes(anna, 'Talking');
  });

  it('shows the customer another page when its code is keyed', async () => {
    await anna.getByRole('button', { name: /^\*76/ }).click();
    await contact(anna).getByText('Aruba offer').first().waitFor();
    await until('the code is recognised', async () =>
      (await anna.getByRole('group', { name: 'Keypad' }).innerText()).includes('*76 Aruba offer'),
    );
    expect(callWindow.isClosed()).to.equal(false);
  });

  it('brings the customer into the agent’s channel by its code', async () => {
    const code = await anna.getByTestId('channel-code').innerText();
    await anna.getByRole('button', { name: `${code} Customer joins your channel` }).click();
    await anna.getByText('The customer is in your channel').waitFor();
    await anna.keyboard.press('m');
    await anna.keyboard.type('Hello from Anna');
    await anna.keyboard.press('Enter');
    await callWindow.getByText('Hello from Anna').waitFor();
  });

  it('loses nothing when the desktop is reloaded', async () => {
    await anna.getByRole('textbox', { name: 'Notes' }).fill('Left boot leaks');
    await anna.getByText('Saved').waitFor();
    await anna.reload();
    await contact(anna).getByText('88213').waitFor();
    expect(await anna.getByRole('textbox', { name: 'Notes' }).inputValue()).to.equal('Left boot leaks');
    await anna.getByText('Hello from Anna').waitFor();
    await becomes(anna, 'Talking');
  });

  it('is handed to a colleague with all that is known', async () => {
    await ben.keyboard.press('r');
    await becomes(ben, 'Ready');
    await anna.getByRole('button', { name: 'Transfer' }).click();
    await anna.getByRole('menuitem').filter({ hasText: 'Ready' }).first().click();
    await ben.getByRole('button', { name: 'Answer' }).waitFor();
    await contact(ben).getByText('88213').waitFor();
    await ben.getByRole('button', { name: 'Answer' }).click();
    await becomes(ben, 'Talking');
    expect(await ben.getByRole('textbox', { name: 'Notes' }).inputValue()).to.equal('Left boot leaks');
    await becomes(anna, 'Wrap-up');
    await anna.keyboard.press('d');
    await anna.keyboard.press('6');
    await becomes(anna, 'Ready');
  });

  it('ends on both sides when the agent hangs up', async () => {
    await ben.keyboard.press('x');
    await becomes(ben, 'Wrap-up');
    await ben.keyboard.press('d');
    await ben.keyboard.press('1');
    await becomes(ben, 'Ready');
    await ben.getByText('Ready for the next call').waitFor();
  });

  it('is there to be read, cause by cause', async () => {
    await anna.getByRole('link', { name: 'Journeys' }).click();
    await anna.locator('tbody tr').first().waitFor();
    await anna.locator('tbody a').first().click();
    await anna.getByRole('option').first().waitFor();
    contactId = decodeURIComponent(new URL(anna.url()).pathname.split('/').at(-1) ?? '');
    expect(contactId).to.match(/^contact-/);
    const titles = await anna.locator('.row-title').allInnerTexts();
    for (const title of [
      'Icon clicked',
      'Port leased',
      'Correlation decided',
      'Screen pop offered',
      'Call held',
      'Page pushed',
      'Channel joined',
      'Call transferred',
      'Disposition recorded',
      'Port quarantined',
      'Call record issued',
    ]) {
      expect(titles).to.include(title);
    }
    await anna.getByRole('option').filter({ hasText: 'Screen pop offered' }).first().click();
    await anna.getByRole('complementary', { name: 'Event' }).getByRole('button', { name: 'Call delivered' }).click();
    await anna.getByRole('complementary', { name: 'Event' }).getByRole('heading', { name: 'Call delivered' }).waitFor();
  });
});
