import { expect } from 'chai';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '#test/support/chromium.js';
import { until } from '#test/support/web/until.js';
import { barriers, visit, type Visitor } from '#test/support/web/visit.js';
import { logins, password, workSite, type WorkSite } from '#test/support/web/work-site.js';

describe('signing in', () => {
  let browser: Browser;
  let site: WorkSite;
  let visitor: Visitor;

  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());
  beforeEach(async () => {
    site = await workSite();
    visitor = await visit(browser, site);
  });
  afterEach(async () => {
    await visitor.leave();
    await site.close();
    expect(visitor.complaints).to.deep.equal([]);
  });

  const kept = (page: Page): Promise<string> =>
    page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])');

  /** A refused password is taken out of its field. */
  const answered = (page: Page): Promise<void> =>
    until('the refusal', async () => {
      const shown = (await page.getByRole('alert').count()) === 1;
      return shown && (await page.getByLabel('Password').inputValue()) === '';
    });

  it('takes an agent to the desktop', async () => {
    const page = await visitor.signIn('anna');
    await page.waitForURL('**/agent');
    await page.getByRole('heading', { name: 'Agent desktop' }).waitFor({ state: 'attached' });
    expect(await page.title()).to.equal('Logged off · Trunkline');
  });

  it('takes an analyst to the journeys', async () => {
    const page = await visitor.signIn('boris');
    await page.waitForURL('**/journeys');
    await page.getByRole('heading', { name: 'Journeys' }).waitFor();
  });

  it('takes people to the page that they came for', async () => {
    const page = await visitor.open('/journeys?');
    await page.waitForURL('**/sign-in?next=%2Fjourneys');
    await page.getByLabel('Login').fill(logins.anna);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${site.url}/journeys`);
  });

  it('leads to no other site, whatever the address asks for', async () => {
    const page = await visitor.open('/sign-in?next=//evil.example/agent');
    await page.getByLabel('Login').fill(logins.anna);
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${site.url}/agent`);
  });

  it('says in words that it did not match, and never which half', async () => {
    const page = await visitor.signIn('anna', 'not the password');
    const refusal = page.getByRole('alert');
    await refusal.waitFor();
    const asAnna = await refusal.innerText();
    expect(asAnna).to.include('did not match');
    expect(await page.getByLabel('Password').inputValue()).to.equal('');
    expect(await page.evaluate('document.activeElement.name')).to.equal('password');

    await page.getByLabel('Login').fill('nobody@nowhere');
    await page.getByLabel('Password').fill('x');
    await page.keyboard.press('Enter');
    await answered(page);
    expect(await page.getByRole('alert').innerText()).to.equal(asAnna);
  });

  it('asks for a pause after too many attempts', async () => {
    const page = await visitor.signIn('anna', 'wrong');
    await page.getByRole('alert').waitFor();
    for (const attempt of ['wrong again', 'and again', 'and again']) {
      await page.getByLabel('Password').fill(attempt);
      await page.keyboard.press('Enter');
      await answered(page);
    }
    await page.getByRole('alert').getByText('Too many attempts').waitFor();
  });

  it('sees a login that cannot be one before anybody is asked', async () => {
    const page = await visitor.open('/sign-in');
    await page.getByLabel('Login').fill('anna');
    await page.keyboard.press('Enter');
    await page.getByText('A login is a name, an @ and a merchant').waitFor();
    expect(await page.getByLabel('Login').getAttribute('aria-invalid')).to.equal('true');
    expect(site.sessions()).to.deep.equal([]);
  });

  it('remembers nothing after signing out', async () => {
    const page = await visitor.signIn('anna');
    await page.waitForURL('**/agent');
    await page.getByRole('button', { name: 'Anna Lindqvist' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in**');
    expect(await page.getByLabel('Login').inputValue()).to.equal('');
    expect(await kept(page)).to.equal('[{},{},""]');

    const again = await visitor.open('/agent');
    await again.waitForURL('**/sign-in**');
  });

  it('is asked for again, with the reason, when the session is ended elsewhere', async () => {
    const page = await visitor.signIn('anna');
    await page.waitForURL('**/agent');
    await page.getByText('You are logged off').waitFor();
    for (const session of site.sessions()) site.signOutEverywhere(session);
    await page.waitForURL('**/sign-in**');
    await page.getByText('Your session has ended').waitFor();
  });

  it('says that the server cannot be reached, and tries again when asked to', async () => {
    const page = await visitor.open('/sign-in');
    await page.getByLabel('Login').waitFor();
    await site.goDown();
    await page.getByLabel('Login').fill(logins.anna);
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The server cannot be reached').waitFor();
    await site.comeBack();
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/agent');
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has no barriers, ${colorScheme}`, async () => {
      const page = await visitor.signIn('anna', 'wrong');
      await page.emulateMedia({ colorScheme });
      await page.getByRole('alert').waitFor();
      expect(await barriers(page)).to.deep.equal([]);
    });
  }
});
