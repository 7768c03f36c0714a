import { expect } from 'chai';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '#test/support/chromium.js';
import { callService, type CallService } from '#test/support/shopper/call-service.js';
import { merchantSite } from '#test/support/shopper/merchant-site.js';
import { saying, shopperOn, type Shopper } from '#test/support/shopper/shopper.js';

const filler = '<p>Palm trees.</p>'.repeat(200);
const pages = {
  '/': `<a href="/returns">Returns</a>
    <a data-trunkline data-link="shoes" href="#talk">Shoes</a>
    <button data-trunkline data-link="returns">Send back</button>
    <div data-trunkline data-link="billing"><b>Bills</b></div>
    <a data-trunkline data-merchant="" data-link="link-globex.books" href="#">Books</a>
    <a data-trunkline data-token="signed.by.us" data-session="s-1" data-customer="c-1" href="#">Signed</a>
    <a data-trunkline href="#">Anything</a>${filler}`,
  '/returns': `<form name="f" data-trunkline-share="returns">
      <input name="name"><input name="card" autocomplete="cc-number"><input type="password" name="secret">
      <input type="hidden" name="campaign" value="x"><input name="diary" data-trunkline-share="no">
      <select name="reason"><option value="small">Too small</option><option value="large">Too large</option></select>
      <label><input type="checkbox" name="gift" value="yes" checked>Gift</label>
    </form>
    <form><input name="newsletter" value="joan@example.com"></form>
    <button data-trunkline data-link="returns">Talk to us</button>${filler}`,
  '/bare': '<p>Nothing but the snippet.</p>',
};

describe('an icon on a merchant’s page', () => {
  let browser: Browser;
  let service: CallService;
  let site: Awaited<ReturnType<typeof merchantSite>>;
  let shopper: Shopper;
  let shop: Page;

  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());

  beforeEach(async () => {
    service = await callService();
    const snippet = `<script async src="${service.url}/icon.js" data-merchant="acme" data-cookies="cart"></script>`;
    site = await merchantSite(snippet, pages, 'localhost');
    shopper = await shopperOn(browser, `${site.origin}/`);
    ({ shop } = shopper);
  });
  afterEach(async () => {
    await shopper.context.close();
    await Promise.all([service.close(), site.close()]);
  });

  const click = (text: string) => () => shop.getByText(text, { exact: true }).click();

  describe('places a call', () => {
    const icons = [
      ['with a link of the page’s merchant', 'Shoes', { merchant: 'acme', link: 'shoes' }],
      ['with a link that names its own merchant', 'Books', { link: 'link-globex.books' }],
      ['with nothing but the merchant', 'Anything', { merchant: 'acme' }],
      [
        'with a signed token, a session and a customer',
        'Signed',
        { token: 'signed.by.us', merchant: 'acme', session: 's-1', customer: 'c-1' },
      ],
      ['when it is no link and no button', 'Bills', { merchant: 'acme', link: 'billing' }],
    ] as const;
    for (const [how, text, reference] of icons) {
      it(how, async () => {
        await shopper.callBy(click(text));
        const [placed] = await service.placed();
        expect(placed?.icon).to.deep.equal(reference);
        expect(placed?.origin).to.equal(site.origin);
        expect(placed?.clickKey).to.match(/^[A-Za-z0-9_-]{20,128}$/);
        expect(shopper.troubles).to.deep.equal([]);
      });
    }
  });

  it('can be reached and pressed by keyboard alone, though it is only a drawing', async () => {
    await shop.getByText('Send back').focus();
    await shop.keyboard.press('Tab');
    expect(await shop.locator(':focus').textContent()).to.equal('Bills');
    expect(await shop.getByRole('button', { name: 'Bills' }).count()).to.equal(1);
    await shopper.callBy(() => shop.keyboard.press('Enter'));
    expect((await service.placed())[0]?.icon.link).to.equal('billing');
  });

  it('works when the page puts it there later, and inside a component', async () => {
    await shop.evaluate(`
      const host = document.body.appendChild(document.createElement('div'));
      const icon = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('button'));
      icon.dataset.trunkline = '';
      icon.dataset.link = 'late';
      icon.textContent = 'Late icon';
    `);
    await shopper.callBy(click('Late icon'));
    expect((await service.placed())[0]?.icon.link).to.equal('late');
  });

  it('leaves the shop’s page as it was while the call goes on', async () => {
    await shop.goto(`${site.origin}/returns`);
    await shop.fill('[name=name]', 'Joan');
    await shop.evaluate('window.untouched = true; scrollTo(0, 333)');
    const address = shop.url();
    const callWindow = await shopper.callBy(() => shop.getByText('Talk to us').dispatchEvent('click'));
    await service.placed();
    service.tell({ state: 'talking', agentName: 'Anna' });
    await saying(callWindow, 'Talking to Anna');
    expect(await shop.inputValue('[name=name]')).to.equal('Joan');
    expect(await shop.evaluate('window.untouched')).to.equal(true);
    expect(await shop.evaluate('scrollY')).to.equal(333);
    expect(shop.url()).to.equal(address);
  });

  it('sends nothing anywhere before it is clicked', async () => {
    const asked: string[] = [];
    shop.on('request', (request) => asked.push(request.url()));
    await shop.goto(`${site.origin}/returns`);
    await shop.fill('[name=name]', 'Joan');
    await shop.locator('[name=name]').blur();
    await shop.getByText('Too small').waitFor({ state: 'attached' });
    expect(asked.filter((url) => url.startsWith(service.url) && !url.endsWith('/icon.js'))).to.deep.equal([]);
    expect(service.clicks).to.deep.equal([]);
  });

  it('tells the page, the pages before, and of forms and cookies only what the page has marked', async () => {
    await shop.evaluate("document.cookie = 'cart=shoes-42'; document.cookie = 'login=secret'");
    await shop.getByText('Returns', { exact: true }).click();
    await shop.fill('[name=name]', 'Joan');
    await shop.fill('[name=card]', '4111 1111 1111 1111');
    await shop.fill('[name=secret]', 'hush');
    await shop.fill('[name=diary]', 'dear diary');
    await shop.selectOption('[name=reason]', 'large');
    await shopper.callBy(click('Talk to us'));
    const context = (await service.placed())[0]?.context ?? {};
    expect(context.page).to.deep.include({ url: `${site.origin}/returns`, title: 'returns' });
    expect(context.pagesBefore?.map(({ title }) => title)).to.deep.equal(['Home']);
    expect(context.forms).to.deep.equal({ returns: { name: 'Joan', reason: 'large', gift: 'yes' } });
    expect(context.cookies).to.deep.equal({ cart: 'shoes-42' });
  });

  it('is one click when it is clicked twice, and one call', async () => {
    await shop.clock.setFixedTime(Date.now());
    const callWindow = await shopper.callBy(() => shop.getByText('Shoes').dblclick());
    await service.placed();
    service.tell({ state: 'talking' });
    await saying(callWindow, 'Connected');
    await click('Shoes')();
    await callWindow.waitForFunction('document.hasFocus()');
    expect(await callWindow.getByRole('dialog').isVisible()).to.equal(false);
    expect(service.clicks).to.have.length(1);
    expect(shopper.context.pages()).to.have.length(2);
  });

  it('is one icon though the page carries the snippet twice', async () => {
    await shop.evaluate(`
      const again = document.createElement('script');
      again.src = '${service.url}/icon.js';
      new Promise((loaded) => { again.onload = loaded; document.head.append(again); })
    `);
    const callWindow = await shopper.callBy(click('Shoes'));
    await service.placed();
    service.tell({ state: 'talking' });
    await saying(callWindow, 'Connected');
    expect(await callWindow.getByRole('dialog').isVisible()).to.equal(false);
    expect(service.clicks).to.have.length(1);
  });

  it('asks before another icon’s call ends the one that is on, in the same window', async () => {
    const callWindow = await shopper.callBy(click('Shoes'));
    await service.placed();
    service.tell({ state: 'talking', agentName: 'Anna' });
    await saying(callWindow, 'Talking to Anna');
    await callWindow.evaluate('window.untouched = true');
    await click('Send back')();
    await callWindow.getByRole('dialog').waitFor();
    await callWindow.keyboard.press('Escape');
    await callWindow.getByRole('dialog').waitFor({ state: 'hidden' });
    await saying(callWindow, 'Talking to Anna');
    expect(await callWindow.evaluate('window.untouched')).to.equal(true);
    expect(service.clicks).to.have.length(1);

    service.slow.add('hang-up');
    await click('Anything')();
    await callWindow.getByRole('button', { name: 'End it and call' }).click();
    await saying(callWindow, 'Hanging up');
    expect(service.clicks).to.have.length(1);
    service.tell({ state: 'ended' });
    await service.placed(2);
    expect(service.asked('hang-up')).to.have.length(1);
    expect(service.clicks[1]?.icon).to.deep.equal({ merchant: 'acme' });
    expect(shopper.context.pages()).to.have.length(2);
  });

  describe('whose browser holds windows back', () => {
    beforeEach(async () => {
      await shop.addInitScript('window.open = () => null');
      await shop.reload();
    });

    it('offers a link beside it, and the call goes through by that', async () => {
      await click('Shoes')();
      const link = shop.getByRole('link', { name: 'Pop-up blocked: open the call window' });
      expect(await shop.locator(':focus').textContent()).to.equal(await link.textContent());
      const callWindow = await shopper.callBy(() => shop.keyboard.press('Enter'));
      await service.placed();
      service.tell({ state: 'talking' });
      await saying(callWindow, 'Connected');
      await link.waitFor({ state: 'detached' });
      expect(service.clicks[0]?.icon).to.deep.equal({ merchant: 'acme', link: 'shoes' });
    });

    it('offers one link, however often it is clicked', async () => {
      await click('Shoes')();
      await click('Shoes')();
      expect(await shop.getByText('Pop-up blocked').count()).to.equal(1);
    });
  });

  describe('beside pages that mean harm', () => {
    let evil: Awaited<ReturnType<typeof merchantSite>>;
    beforeEach(async () => {
      evil = await merchantSite('', { '/': '<p>Harmless.</p>' });
    });
    afterEach(() => evil.close());

    it('answers nobody but its server’s call window, and goes nowhere at their word', async () => {
      const visitor = await shopperOn(browser, `${evil.origin}/`);
      const [victim] = await Promise.all([
        visitor.context.waitForEvent('page'),
        visitor.shop.evaluate(`
          window.answers = [];
          addEventListener('message', ({ data }) => answers.push(data));
          window.victim = open('${site.origin}/returns');
          undefined;
        `),
      ]);
      await victim.getByText('Talk to us').waitFor();
      await victim.evaluate('window.heard = 0; addEventListener("message", () => { window.heard += 1; })');
      await visitor.shop.evaluate(`
        victim.postMessage({ trunkline: 'ask' }, '*');
        victim.postMessage({ trunkline: 'push', pushId: 'p', url: '${site.origin}/bare', origins: [] }, '*');
        victim.postMessage({ trunkline: 'push', pushId: 'p', url: 'https://evil.example/', origins: ['https://evil.example'] }, '*');
      `);
      await victim.waitForFunction('window.heard === 3');
      expect(victim.url()).to.equal(`${site.origin}/returns`);
      expect(await visitor.shop.evaluate('window.answers')).to.deep.equal([]);
      await visitor.context.close();
    });

    it('places no call from an icon that another page has copied under its own name', async () => {
      const snippet = `<script async src="${service.url}/icon.js" data-merchant="acme"></script>`;
      const clone = await merchantSite(snippet, { '/': '<button data-trunkline data-link="shoes">Talk</button>' });
      const visitor = await shopperOn(browser, `${clone.origin}/`);
      await visitor.callBy(() => visitor.shop.getByText('Talk').click());
      const [placed] = await service.placed();
      expect(placed?.origin).to.equal(clone.origin);
      expect(placed?.origin).not.to.equal(site.origin);
      await visitor.context.close();
      await clone.close();
    });
  });

  it('finds the call window in the browser already when another merchant’s icon fetched it', async () => {
    const first = await shopper.callBy(click('Shoes'));
    await service.placed();
    service.tell({ state: 'ended', cause: 'normal-clearing' });
    await saying(first, 'Call ended');
    await first.close();
    const before = service.fetched.length;
    expect(service.fetched.reduce((sum, { bytes }) => sum + bytes, 0)).to.be.greaterThan(40_000);

    const snippet = `<script async src="${service.url}/icon.js" data-merchant="globex"></script>`;
    const books = await merchantSite(
      snippet,
      { '/': '<button data-trunkline data-link="books">Talk</button>' },
      'localhost',
    );
    await shop.goto(`${books.origin}/`);
    const second = await shopper.callBy(() => shop.getByText('Talk').click());
    await service.placed(2);
    service.tell({ state: 'talking' });
    await saying(second, 'Connected');
    expect(service.clicks[1]?.icon.merchant).to.equal('globex');
    const again = service.fetched.slice(before);
    expect(again.reduce((sum, { bytes }) => sum + bytes, 0)).to.equal(0);
    expect(again.map(({ path, status }) => `${path} ${status}`)).to.deep.equal(['/call 304']);
    await books.close();
  });
});
