import { expect } from 'chai';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '#test/support/chromium.js';
import { attacker, shopper, talkingShopper, unknownCaller } from '#test/support/web/sample-contacts.js';
import { until } from '#test/support/web/until.js';
import { barriers, visit, type Visitor } from '#test/support/web/visit.js';
import { workSite, type WorkSite } from '#test/support/web/work-site.js';

describe('the agent desktop, for everybody and against anybody', () => {
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

  const atDesk = async (): Promise<Page> => {
    const page = await visitor.signIn('anna');
    await page.getByRole('complementary', { name: 'You' }).waitFor();
    return page;
  };
  const you = (page: Page) => page.getByRole('complementary', { name: 'You' });

  it('shows what strangers wrote as text, in every place, and runs none of it', async () => {
    const page = await atDesk();
    site.script.logOn();
    for (const contact of [attacker({ call: { ...attacker().call, state: 'alerting' } }), attacker()]) {
      site.script.talk(contact);
      await page.getByText('Ambiguous', { exact: true }).waitFor();
      await page.evaluate(`document.querySelector('details').open = true`);
      expect(await page.locator('main img, main script, main iframe, main object').count()).to.equal(0);
      const links = await page.evaluate<string[]>(
        `[...document.querySelectorAll('main a[href]')].map((link) => link.href)`,
      );
      for (const link of links) expect(link).to.match(/^http:\/\/127\.0\.0\.1|^https:\/\/shop\.example\//);
    }
    const text = await page.locator('main').innerText();
    expect(text.split('<img src=x onerror=').length - 1).to.be.greaterThan(20);
    const notes = await page.getByRole('textbox', { name: 'Notes' }).inputValue();
    expect(text.replace(notes, ''), 'outside the agent’s own notes').to.not.include('\u202E');
    expect(await page.evaluate('"hacked" in window')).to.equal(false);
    const [overflow, width] = await page.evaluate<[number, number]>(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    );
    expect(overflow, 'nothing is pushed out of the window').to.be.at.most(width);
  });

  const scenes = {
    'logged off': () => {
      site.script.logOff();
    },
    ready: () => {
      site.script.logOn();
    },
    ringing: () => {
      site.script.logOn();
      site.script.ring(shopper());
    },
    talking: () => {
      site.script.logOn();
      site.script.talk(talkingShopper());
    },
    'with an unknown caller': () => {
      site.script.logOn();
      site.script.talk(unknownCaller({ call: { ...unknownCaller().call, state: 'connected' } }));
    },
    'wrapping up': () => {
      site.script.logOn();
      site.script.wrapUp(talkingShopper());
    },
  };
  for (const [scene, set] of Object.entries(scenes)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`has no barriers when ${scene}, ${colorScheme}`, async () => {
        const page = await atDesk();
        await page.emulateMedia({ colorScheme });
        set();
        await you(page)
          .getByText(site.script.desktop().state === 'logged-off' ? 'Log on' : 'Your channel', { exact: true })
          .waitFor();
        await until('the scene', async () => (await page.getByRole('region', { name: 'Contact' }).count()) === 1);
        expect(await barriers(page)).to.deep.equal([]);
      });
    }
  }
});
