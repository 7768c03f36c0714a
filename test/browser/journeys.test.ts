import { expect } from 'chai';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { Browser, Page } from 'playwright-core';
import { contactId } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import type { JourneySummary } from '#domain/views/journey.js';
import { launchChromium } from '#test/support/chromium.js';
import { acme, attack } from '#test/support/web/sample-contacts.js';
import { sampleJourney } from '#test/support/web/sample-journey.js';
import { until } from '#test/support/web/until.js';
import { barriers, visit, type Visitor } from '#test/support/web/visit.js';
import { workSite, type WorkSite } from '#test/support/web/work-site.js';

const summary = (index: number, changes: Partial<JourneySummary> = {}): JourneySummary => ({
  contactId: contactId(acme, `01K7XQ${3000 + index}`),
  merchantId: acme,
  startedAt: instant(1_760_000_000_000 - index * 60_000),
  lastAt: instant(1_760_000_000_000 - index * 60_000 + 94_000),
  state: 'over',
  iconLabel: 'Returns',
  origin: 'https://shop.example',
  customerRef: `C-${index}`,
  agents: ['anna'],
  calls: [],
  events: 45,
  ...changes,
});

describe('journeys', () => {
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

  const asAnalyst = async (path = '/journeys'): Promise<Page> => {
    const page = await visitor.signIn('boris');
    await page.waitForURL('**/journeys');
    if (path !== '/journeys') await page.goto(`${site.url}${path}`);
    return page;
  };

  describe('in the list', () => {
    const list = (count: number): void => {
      site.listed.push(...Array.from({ length: count }, (_, index) => summary(index)));
    };
    const rows = (page: Page) => page.locator('tbody tr');

    it('stand newest first, one page after the other', async () => {
      list(120);
      const page = await asAnalyst();
      await page.getByText('50 of 50 loaded').waitFor();
      expect(await rows(page).first().innerText()).to.include('C-0');
      await page.getByRole('button', { name: 'Load more' }).click();
      await page.getByText('100 of 100 loaded').waitFor();
      await page.getByRole('button', { name: 'Load more' }).click();
      await page.getByText('120 of 120 loaded').waitFor();
      expect(await rows(page).last().innerText()).to.include('C-119');
      expect(await page.getByRole('button', { name: 'Load more' }).count()).to.equal(0);
    });

    it('are none yet, and the page says when there will be', async () => {
      const page = await asAnalyst();
      await page.getByText('No journeys yet').waitFor();
      site.listed.push(summary(7));
      await page.getByRole('button', { name: 'Refresh' }).click();
      await page.getByText('C-7').waitFor();
    });

    it('are found by what stands in them, and by their state', async () => {
      list(5);
      site.listed.push(
        summary(5, { state: 'failed', agents: [], iconLabel: 'Billing' }),
        summary(6, { state: 'in-progress' }),
      );
      const page = await asAnalyst();
      await page.getByRole('searchbox', { name: 'Search journeys' }).fill('billing');
      await page.getByText('1 of 7 loaded').waitFor();
      await page.getByRole('searchbox', { name: 'Search journeys' }).fill('');
      await page.getByText('In progress', { exact: true }).first().click();
      await page.getByText('1 of 7 loaded').waitFor();
      expect(await rows(page).innerText()).to.include('C-6');
    });

    it('open by their whole id, loaded or not', async () => {
      const journey = sampleJourney('01OLD');
      site.journeys.push(journey);
      list(2);
      const page = await asAnalyst();
      await page.getByRole('searchbox', { name: 'Search journeys' }).fill(journey.contactId);
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/journeys/${journey.contactId}`);
      await page.getByRole('option').first().waitFor();
    });

    it('show what strangers wrote as text', async () => {
      site.listed.push(
        summary(0, { iconLabel: attack, customerRef: attack, origin: `https://x/${attack}`, agents: [attack] }),
      );
      const page = await asAnalyst();
      await rows(page).first().waitFor();
      expect(await page.locator('main img, main script').count()).to.equal(0);
      expect(await page.evaluate('"hacked" in window')).to.equal(false);
    });

    it('are not for those whose account may not read them', async () => {
      const page = await visitor.signIn('chen');
      await page.waitForURL('**/agent');
      expect(await page.getByRole('link', { name: 'Journeys' }).count()).to.equal(0);
      await page.goto(`${site.url}/journeys`);
      await page.getByText('Not with this account').waitFor();
    });

    it('say that the server cannot be reached, and come when it can', async () => {
      list(1);
      const page = await asAnalyst();
      await page.getByText('C-0').waitFor();
      await site.goDown();
      await page.getByRole('button', { name: 'Refresh' }).click();
      await page.getByText('The server cannot be reached').waitFor();
      await site.comeBack();
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('C-0').waitFor();
    });
  });

  describe('one of them', () => {
    const story = sampleJourney();
    const position = (type: string, nth = 0): number =>
      story.events.filter((event) => event.type === type)[nth]?.position ?? Number.NaN;
    const path = `/journeys/${story.contactId}`;
    const inspector = (page: Page) => page.getByRole('complementary', { name: 'Event' });
    const chosen = (page: Page) => page.getByRole('option', { selected: true });

    const open = async (address = path): Promise<Page> => {
      site.journeys.push(story);
      const page = await asAnalyst(address);
      await page.getByRole('option').first().waitFor();
      return page;
    };

    it('has every event, in order, with both times', async () => {
      const page = await open();
      const options = page.getByRole('option');
      expect(await options.count()).to.equal(story.events.length);
      expect(await options.nth(0).innerText()).to.match(/\d\d:\d\d:\d\d\.\d{3}[\s\S]*\+6 ms[\s\S]*Icon clicked/);
      expect(await page.getByText('2.38 s late').count()).to.be.greaterThan(0);
      expect(await page.getByText('640 ms ahead').count()).to.be.greaterThan(0);
    });

    it('leads from an event to its cause, and on to what it led to', async () => {
      const page = await open(`${path}?event=${position('ScreenPopOffered')}`);
      await inspector(page).getByRole('heading', { name: 'Screen pop offered' }).waitFor();
      await inspector(page).getByRole('button', { name: 'Call delivered' }).click();
      await inspector(page).getByRole('heading', { name: 'Call delivered' }).waitFor();
      expect(await chosen(page).innerText()).to.include('Call delivered');
      await inspector(page).getByRole('button', { name: 'Screen pop offered' }).click();
      await inspector(page).getByRole('heading', { name: 'Screen pop offered' }).waitFor();
      expect(new URL(page.url()).searchParams.get('event')).to.equal(String(position('ScreenPopOffered')));
    });

    it('is read by keyboard: down and up the log, left to the cause, right to what came of it', async () => {
      const page = await open(`${path}?event=${position('CallQueued')}`);
      await until('the list has the focus', () => page.evaluate<boolean>('document.activeElement.role === "listbox"'));
      await page.keyboard.press('ArrowDown');
      await inspector(page).getByRole('heading', { name: 'Correlation decided' }).waitFor();
      await page.keyboard.press('ArrowLeft');
      await inspector(page).getByRole('heading', { name: 'Call queued' }).waitFor();
      await page.keyboard.press('ArrowRight');
      await inspector(page).getByRole('heading', { name: 'Correlation decided' }).waitFor();
      await page.keyboard.press('End');
      await inspector(page).getByRole('heading', { name: 'Call record issued' }).waitFor();
      await page.keyboard.press('Home');
      await inspector(page).getByRole('heading', { name: 'Icon clicked' }).waitFor();
      const active = await page.getByRole('listbox').getAttribute('aria-activedescendant');
      expect(active).to.equal(await chosen(page).getAttribute('id'));
    });

    it('shows all data of an event, nested ones as well, and who did it', async () => {
      const page = await open(`${path}?event=${position('DestinationSelected')}`);
      await inspector(page).getByText('open, has room, 12 km away').waitFor();
      const told = await inspector(page).innerText();
      for (const fact of ['+2975557000', 'nearest', 'not-applicable', 'Trunkline', 'Caused by', 'Icon clicked']) {
        expect(told).to.include(fact);
      }
    });

    it('can be sent to a colleague, event and all', async () => {
      const page = await open();
      await page.getByRole('option').filter({ hasText: 'Correlation decided' }).click();
      await page.getByRole('button', { name: 'Copy link' }).click();
      await page.getByText('Link copied').waitFor();
      const copied = await page.evaluate<string>('navigator.clipboard.readText()');
      expect(copied).to.equal(`${site.url}${path}?event=${position('CorrelationDecided')}`);
      const colleague = await visitor.open(copied.slice(site.url.length));
      await inspector(colleague).getByRole('heading', { name: 'Correlation decided' }).waitFor();
    });

    it('does not exist, which is said in words', async () => {
      const page = await asAnalyst('/journeys/contact-acme.nobody');
      await page.getByText('There is no such journey').waitFor();
    });

    it('of another merchant does not exist either', async () => {
      const foreign = { ...story, contactId: 'contact-globex.1' as typeof story.contactId };
      site.journeys.push(foreign);
      const page = await asAnalyst(`/journeys/${foreign.contactId}`);
      await page.getByText('There is no such journey').waitFor();
    });

    it('shows what strangers wrote as text', async () => {
      const hostile = {
        ...story,
        events: story.events.map((event) => ({
          ...event,
          data: { [attack]: { [attack]: [attack] }, ...event.data, text: attack, title: attack },
        })),
      } as unknown as typeof story;
      site.journeys.push(hostile);
      const page = await asAnalyst(path);
      for (const option of [0, 2, 24, 27]) {
        await page.getByRole('option').nth(option).click();
        expect(await page.locator('main img, main script, main iframe').count()).to.equal(0);
      }
      expect(await page.evaluate('"hacked" in window')).to.equal(false);
      expect(await inspector(page).innerText()).to.include('<img src=x');
    });

    for (const colorScheme of ['light', 'dark'] as const) {
      it(`has no barriers, ${colorScheme}`, async () => {
        const page = await open(`${path}?event=${position('TransferFailed')}`);
        await page.emulateMedia({ colorScheme });
        expect(await barriers(page)).to.deep.equal([]);
        site.listed.push(summary(0), summary(1, { state: 'failed' }), summary(2, { state: 'in-progress' }));
        await page.goto(`${site.url}/journeys`);
        await page.locator('tbody tr').first().waitFor();
        expect(await barriers(page)).to.deep.equal([]);
      });
    }
  });
});
