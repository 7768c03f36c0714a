import { expect } from 'chai';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { Browser, Page } from 'playwright-core';
import { demoShop, type DemoShop } from '#adapters/http/demo-shop.server.js';
import { demo } from '#config/opening-data/demo.js';
import { launchChromium } from '#test/support/chromium.js';
import { callService, type CallService } from '#test/support/shopper/call-service.js';
import { saying, shopperOn, type Shopper } from '#test/support/shopper/shopper.js';

const [merchant] = demo.merchants;
const paths = [
  '/',
  '/shoes/sandbar.html',
  '/shoes/pier-loafer.html',
  '/shoes/reef-walker.html',
  '/cart.html',
  '/returns.html',
  '/help.html',
  '/offers/aruba.html',
];

describe('the demo shop', () => {
  let browser: Browser;
  let service: CallService;
  let server: DemoShop;
  let url: string;
  let shopper: Shopper;
  let shop: Page;

  before(async () => {
    browser = await launchChromium();
    service = await callService();
    server = await demoShop({
      directory: `${process.cwd()}/dist/web/demo-shop`,
      iconServer: () => service.url,
      host: '127.0.0.1',
      port: 0,
    });
    url = await server.listen();
  });
  after(async () => {
    await Promise.all([browser.close(), server.close(), service.close()]);
  });

  beforeEach(async () => {
    shopper = await shopperOn(browser, `${url}/`);
    ({ shop } = shopper);
  });
  afterEach(() => shopper.context.close());

  /** The addresses that the page links to, without fragments. */
  const linked = async (): Promise<readonly string[]> => {
    const links = await shop.locator('a[href]').all();
    return Promise.all(
      links.map(async (link) => new URL((await link.getAttribute('href')) ?? '', shop.url()).href.replace(/#.*/, '')),
    );
  };

  it('leads nowhere that is not there', async () => {
    const seen = new Set<string>();
    for (const path of paths) {
      await shop.goto(url + path);
      for (const href of await linked()) seen.add(href);
    }
    for (const href of seen) expect((await fetch(href)).status, href).to.equal(200);
    expect([...seen].every((href) => href.startsWith(url))).to.equal(true);
    expect(paths.every((path) => seen.has(url + path))).to.equal(true);
  });

  for (const width of [390, 1280]) {
    it(`fits a screen of ${width} pixels, page by page, and loads nothing but itself and the snippet`, async () => {
      const loaded: string[] = [];
      shop.on('request', (request) => loaded.push(request.url()));
      await shop.setViewportSize({ width, height: 800 });
      for (const path of paths) {
        await shop.goto(url + path);
        expect(await shop.evaluate('document.documentElement.scrollWidth'), path).to.be.at.most(width);
      }
      const elsewhere = loaded.filter((address) => !address.startsWith(`${url}/`));
      expect(new Set(elsewhere)).to.deep.equal(new Set([`${service.url}/icon.js`]));
      expect(shopper.troubles).to.deep.equal([]);
    });
  }

  it('has icons for shoes, returns and bills, each a link of the merchant', async () => {
    const links = new Set<string>();
    for (const path of paths) {
      await shop.goto(url + path);
      for (const icon of await shop.locator('[data-trunkline]').all()) {
        links.add((await icon.getAttribute('data-link')) ?? '');
      }
    }
    expect([...links].sort()).to.deep.equal(merchant?.links.map(({ id }) => id).sort());
  });

  it('has every page that agents can push by keys', async () => {
    const pushed = merchant?.dtmf.flatMap(({ action }) => (action.kind === 'page' ? [action.path] : [])) ?? [];
    expect(pushed).to.include('/offers/aruba.html');
    for (const path of pushed) expect((await fetch(url + path)).status, path).to.equal(200);
  });

  it('calls about a return with the form so far, the cart and the pages before', async () => {
    await shop.getByRole('link', { name: /Sandbar/ }).click();
    await shop.getByText('41', { exact: true }).click();
    await shop.getByRole('button', { name: 'Put in the cart' }).click();
    await shop.getByText('In the cart: size 41, Sand.').waitFor();
    await shop.getByRole('link', { name: 'Returns', exact: true }).click();
    await shop.getByLabel('Your name').fill('Joan de Wit');
    await shop.getByLabel('Order number').fill('PP-1042');
    await shop.getByLabel('What is it about?').selectOption('Too small');

    const callWindow = await shopper.callBy(() => shop.getByText('Talk about a return').click());
    const [placed] = await service.placed();
    expect(placed?.icon).to.deep.equal({ merchant: merchant?.id, link: 'returns' });
    expect(placed?.context.pagesBefore?.map(({ title }) => title.split(' · ')[0])).to.deep.equal([
      'Shoes for the last hundred metres',
      'Sandbar',
    ]);
    const form = placed?.context.forms?.['return'] ?? {};
    expect(form).to.deep.include({ name: 'Joan de Wit', order: 'PP-1042', reason: 'Too small' });
    expect(Object.keys(form).every((field) => merchant?.capture.formFields.includes(field))).to.equal(true);
    expect(placed?.context.cookies).to.deep.equal({ cart: 'sandbar:41', visits: '1' });
    service.tell({ state: 'talking', agentName: 'Anna' });
    await saying(callWindow, 'Talking to Anna');
    expect(await shop.getByLabel('Order number').inputValue()).to.equal('PP-1042');
  });
});
