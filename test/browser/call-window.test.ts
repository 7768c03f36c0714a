import { expect } from 'chai';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { Browser, Page } from 'playwright-core';
import { instant } from '#domain/kernel/time.js';
import { launchChromium } from '#test/support/chromium.js';
import { callService, type CallService } from '#test/support/shopper/call-service.js';
import { eventually } from '#test/support/shopper/eventually.js';
import { merchantSite } from '#test/support/shopper/merchant-site.js';
import { saying, shopperOn, type Shopper } from '#test/support/shopper/shopper.js';

const icon = '<button data-trunkline data-link="shoes">Talk to us</button>';
const pages = {
  '/': `${icon}<a href="/returns">Returns</a><button data-trunkline data-merchant="nobody">Broken</button>`,
  '/returns': `<form data-trunkline-share="returns"><input name="name"><textarea name="reason"></textarea></form>${icon}`,
  '/offers/aruba': `<h1>Aruba</h1>${icon}`,
};

describe('the call window', () => {
  let browser: Browser;
  let service: CallService;
  let site: Awaited<ReturnType<typeof merchantSite>>;
  let shopper: Shopper;
  let shop: Page;
  let callWindow: Page;
  /** So seldom that only what is meant to need it hears it. */
  let pulse = 60_000;

  const talk = () => shop.getByText('Talk to us').click();
  const offer = () => ({ pushId: 'p1', url: `${site.origin}/offers/aruba`, label: 'Aruba offer', by: 'Anna' });
  const toldPages = () => service.asked('context').flatMap(({ context }) => context.page?.title ?? []);
  const toldForms = () => service.asked('context').map(({ context }) => context.forms ?? {});

  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());

  beforeEach(async () => {
    service = await callService({ pulse });
    const snippet = `<script async src="${service.url}/icon.js" data-merchant="acme" data-cookies="cart"></script>`;
    site = await merchantSite(snippet, pages, 'localhost');
    shopper = await shopperOn(browser, `${site.origin}/`);
    ({ shop } = shopper);
    callWindow = await shopper.callBy(talk);
    await service.placed();
  });
  afterEach(async () => {
    await shopper.context.close();
    await Promise.all([service.close(), site.close()]);
  });

  it('says who is called and how far that has come, also to those who only hear it', async () => {
    await saying(callWindow, 'Placing your call');
    expect(await callWindow.getByRole('heading', { level: 1 }).textContent()).to.equal('Palm & Pier');
    expect(await callWindow.locator('#label').textContent()).to.equal('Shoes');
    service.tell({ state: 'queued' });
    await saying(callWindow, 'Waiting in the queue');
    service.tell({ state: 'ringing' });
    await saying(callWindow, 'Ringing');
    service.tell({ state: 'talking', agentName: 'Anna', since: instant(Date.now() - 65_000) });
    await callWindow.getByRole('status').filter({ hasText: 'Talking to Anna' }).waitFor();
    await callWindow.getByRole('timer').filter({ hasText: '1:05' }).waitFor();
    await callWindow.getByRole('timer').filter({ hasText: '1:06' }).waitFor();
    expect(await callWindow.title()).to.equal('Talking to Anna – Palm & Pier');
    service.tell({ state: 'held', since: instant(Date.now()) });
    await saying(callWindow, 'On hold');
    expect(shopper.troubles).to.deep.equal([]);
  });

  it('says honestly that a simulated line carries no sound, and only there', async () => {
    await callWindow.getByText('Simulated line: it carries no sound.').waitFor();
    service.tell({ line: undefined as never, state: 'talking' });
    await saying(callWindow, 'Connected');
    expect(await callWindow.getByText('Simulated line').isVisible()).to.equal(false);
  });

  it('shows how the line is set, and keeps the customer’s own mute and volume over a reload', async () => {
    await callWindow.getByRole('button', { name: 'Volume' }).click();
    await callWindow.getByText('Line at 100 %, echo cancelling on').waitFor();
    service.tell({ volumePercent: 120, echoCancellation: false });
    await callWindow.getByText('Line at 120 %, echo cancelling off').waitFor();
    await callWindow.getByRole('slider').fill('40');
    await callWindow.getByRole('button', { name: 'Mute' }).click();
    await callWindow.reload();
    await callWindow.getByRole('button', { name: 'Mute', pressed: true }).waitFor();
    expect(await callWindow.locator('#volume').inputValue()).to.equal('40');
  });

  it('keys digits by click and by keyboard, and leaves those alone that are typed in a message', async () => {
    service.tell({ state: 'talking', channel: { agentName: 'Anna' } });
    await callWindow.getByRole('button', { name: 'Keypad' }).click();
    await callWindow.getByRole('button', { name: '4', exact: true }).click();
    await callWindow.keyboard.press('#');
    await callWindow.getByLabel('Message').fill('');
    await callWindow.getByLabel('Message').pressSequentially('7');
    await eventually('both are keyed', () => service.asked('key-digits').length >= 2);
    expect(service.asked('key-digits').map(({ digits }) => digits)).to.deep.equal(['4', '#']);
    expect(await callWindow.locator('#keyed').textContent()).to.equal('4#');
  });

  it('hangs up, says how long it was, and calls again as a new click', async () => {
    service.tell({ state: 'talking', since: instant(Date.now() - 190_000) });
    await saying(callWindow, 'Connected');
    service.refusing.add('hang-up');
    await callWindow.getByRole('button', { name: 'Hang up' }).click();
    await eventually('it is asked for', () => service.asked('hang-up').length === 1);
    await saying(callWindow, 'Connected');
    service.refusing.delete('hang-up');
    await callWindow.getByRole('button', { name: 'Hang up' }).click();
    await saying(callWindow, 'Call ended');
    await callWindow.getByText(/You talked for 3:1\d\./).waitFor();
    await callWindow.getByRole('button', { name: 'Call again' }).click();
    const [first, second] = await service.placed(2);
    expect(second?.icon).to.deep.equal(first?.icon);
    expect(second?.clickKey).not.to.equal(first?.clickKey);
    expect(second?.context.page?.title).to.equal('Home');
  });

  it('says in plain words why a call failed and what to do', async () => {
    service.tell({ state: 'failed', cause: 'trunks-busy' });
    await saying(callWindow, 'All lines are in use');
    await callWindow.getByText('Please try again in a few minutes.').waitFor();
    await callWindow.getByRole('button', { name: 'Call again' }).waitFor();
  });

  it('says so when the shop’s icon is refused', async () => {
    service.tell({ state: 'ended' });
    await saying(callWindow, 'Call ended');
    await shop.getByText('Broken').click();
    await saying(callWindow, 'This call cannot be placed');
    expect(await callWindow.getByRole('button', { name: 'Call again' }).isVisible()).to.equal(false);
  });

  it('says what it is for when it was opened without a shop', async () => {
    const alone = await shopper.context.newPage();
    await alone.goto(`${service.url}/call`);
    await saying(alone, 'No shop is asking for a call');
    expect(service.clicks).to.have.length(1);
  });

  describe('reloaded or closed', () => {
    it('goes on with the same call after a reload', async () => {
      service.tell({ state: 'talking', agentName: 'Anna' });
      await saying(callWindow, 'Talking to Anna');
      await callWindow.reload();
      await saying(callWindow, 'Talking to Anna');
      await shop.getByText('Returns').click();
      await eventually('the page is told', () => toldPages().includes('returns'));
      expect(service.clicks).to.have.length(1);
    });

    it('tells a call that was over before a reload from one that goes on', async () => {
      service.tell({ state: 'ended' });
      await saying(callWindow, 'Call ended');
      await callWindow.reload();
      await saying(callWindow, 'This call is over');
      expect(service.clicks).to.have.length(1);
    });

    it('says goodbye when it is closed', async () => {
      await callWindow.getByRole('button', { name: 'Hang up' }).waitFor();
      await callWindow.close({ runBeforeUnload: true });
      await eventually('the server knows', () => service.presence.some((entry) => entry.startsWith('closed')));
    });

    it('does not take a reload by keyboard for a goodbye', async () => {
      await callWindow.getByRole('button', { name: 'Hang up' }).waitFor();
      await callWindow.keyboard.press('F5');
      await callWindow.reload();
      await eventually(
        'it is back',
        () => service.presence.filter((entry) => entry.startsWith('present')).length === 2,
      );
      expect(service.presence.filter((entry) => entry.startsWith('closed'))).to.deep.equal([]);
    });
  });

  it('says when the connection is gone, and goes on by itself when it is back', async () => {
    service.tell({ state: 'talking', agentName: 'Anna' });
    await saying(callWindow, 'Talking to Anna');
    await service.stop();
    await callWindow.getByText('Connection lost. Trying to get back…').waitFor();
    await service.start();
    service.tell({ state: 'held' });
    await saying(callWindow, 'On hold');
    await callWindow.getByText('Connection lost').waitFor({ state: 'hidden' });
  });

  describe('passing on what happens in the shop', () => {
    beforeEach(async () => {
      service.tell({ state: 'talking', agentName: 'Anna' });
      await saying(callWindow, 'Talking to Anna');
      await shop.getByText('Returns').click();
      await eventually('the page is told', () => toldPages().includes('returns'));
    });

    it('tells what is typed while it is typed, page after page', async () => {
      await shop.fill('[name=name]', 'Joan');
      await eventually('the name is told', () => toldForms().some(({ returns }) => returns?.['name'] === 'Joan'));
      await shop.fill('[name=reason]', 'Too small');
      await eventually('the reason is told', () =>
        toldForms().some(({ returns }) => returns?.['reason'] === 'Too small'),
      );
      expect(toldPages()).to.deep.equal(['returns']);
    });

    it('tells nothing more of a group from the moment it is switched off, in this call and the next', async () => {
      await callWindow.getByText('Shared with the agent').click();
      await callWindow.getByText('name, reason').waitFor();
      await callWindow.getByRole('switch', { name: 'What you fill in' }).click();
      await callWindow.getByText('Not shared').waitFor();
      await shop.fill('[name=name]', 'Joan');
      await shop.goto(`${site.origin}/offers/aruba`);
      await eventually('the next page is told', () => toldPages().includes('offers/aruba'));
      expect(toldForms().some(({ returns }) => returns?.['name'])).to.equal(false);

      service.tell({ state: 'ended' });
      await saying(callWindow, 'Call ended');
      await shop.goto(`${site.origin}/returns`);
      await shop.fill('[name=name]', 'Joan');
      await talk();
      const [, second] = await service.placed(2);
      expect(second?.context.forms).to.deep.equal({});
      expect(second?.context.page?.title).to.equal('returns');
    });

    it('tells nothing of the pages of another shop in the same tab', async () => {
      const counting = '<script>asked = 0; addEventListener("message", () => { asked += 1; });</script>';
      const other = await merchantSite(
        `<script async src="${service.url}/icon.js" data-merchant="globex"></script>${counting}`,
        { '/': '<p>Books</p>' },
      );
      await shop.evaluate(`location.href = '${other.origin}/'`);
      await shop.waitForURL(`${other.origin}/`);
      await shop.waitForFunction('asked > 1');
      await shop.evaluate(`location.href = '${site.origin}/offers/aruba'`);
      await eventually('our page is told', () => toldPages().includes('offers/aruba'));
      const urls = service.asked('context').map(({ context }) => context.page?.url ?? site.origin);
      expect(urls.every((url) => url.startsWith(site.origin))).to.equal(true);
      await other.close();
    });
  });

  it('comes back after the server has sent it away', async () => {
    service.tell({ state: 'talking', agentName: 'Anna' });
    await callWindow.getByRole('button', { name: 'Keypad' }).click();
    await callWindow.evaluate(`
      const five = [...document.querySelectorAll('#digits button')].find((key) => key.textContent === '5');
      for (let times = 0; times < 200; times += 1) five.click();
    `);
    await callWindow.getByText('Connection lost. Trying to get back…').waitFor();
    await callWindow.getByText('Connection lost').waitFor({ state: 'hidden' });
    service.tell({ state: 'held' });
    await saying(callWindow, 'On hold');
  });

  describe('hidden behind the shop, with its timers slowed down', () => {
    const slowed = async (): Promise<void> => {
      await shopper.context.addInitScript('if (location.pathname === "/call") window.setInterval = () => 0');
      await callWindow.reload();
      service.tell({ state: 'talking', agentName: 'Anna' });
      await saying(callWindow, 'Talking to Anna');
    };

    it('hears at once what is typed on the page that it knows', async () => {
      await shop.getByText('Returns').click();
      await eventually('the page is told', () => toldPages().includes('returns'));
      await slowed();
      await shop.fill('[name=name]', 'Joan');
      await eventually('the name is told', () => toldForms().some(({ returns }) => returns?.['name'] === 'Joan'));
    });

    describe('with a server that looks after it', () => {
      before(() => {
        pulse = 300;
      });
      after(() => {
        pulse = 60_000;
      });

      it('finds a page that it does not know yet by the server’s pulse', async () => {
        await slowed();
        await shop.getByText('Returns').click();
        await eventually('the page is told', () => toldPages().includes('returns'));
      });
    });
  });

  describe('showing a page that the agent pushes', () => {
    it('shows it in the shop’s own tab and says who did', async () => {
      service.tell({ state: 'talking', agentName: 'Anna', push: offer() });
      await shop.getByRole('heading', { name: 'Aruba' }).waitFor();
      await callWindow.getByText('Anna showed you: Aruba offer').waitFor();
      await eventually('it is reported', () => service.asked('page-shown').length === 1);
      expect(service.asked('page-shown')[0]).to.deep.include({ pushId: 'p1', url: `${site.origin}/offers/aruba` });
    });

    it('asks first when something typed would be lost, and takes no for an answer', async () => {
      await shop.getByText('Returns').click();
      await shop.fill('[name=name]', 'Joan');
      await eventually('the name is told', () => toldForms().some(({ returns }) => returns?.['name'] === 'Joan'));
      service.tell({ state: 'talking', push: offer() });
      await callWindow.getByText('What you have typed on the page may be lost.').waitFor();
      await callWindow.getByRole('button', { name: 'No, thanks' }).click();
      await eventually('it is reported', () => service.asked('page-blocked').length === 1);
      expect(service.asked('page-blocked')[0]?.why).to.equal('refused-by-customer');
      expect(await shop.inputValue('[name=name]')).to.equal('Joan');
    });

    it('asks first whenever the customer wants that', async () => {
      await callWindow.getByText('Shared with the agent').click();
      await callWindow.getByRole('switch', { name: 'Ask before showing me a page' }).click();
      service.tell({ state: 'talking', push: offer() });
      await callWindow.getByText('Anna wants to show you: Aruba offer').waitFor();
      expect(shop.url()).to.equal(`${site.origin}/`);
      await callWindow.getByRole('button', { name: 'Show it' }).click();
      await shop.getByRole('heading', { name: 'Aruba' }).waitFor();
    });

    it('never leads away from the shop', async () => {
      service.tell({ state: 'talking', push: { ...offer(), url: 'https://evil.example/offers' } });
      await eventually('it is reported', () => service.asked('page-blocked').length === 1);
      expect(service.asked('page-blocked')[0]?.why).to.equal('foreign-address');
      expect(shop.url()).to.equal(`${site.origin}/`);
    });

    it('leads to another origin of the same merchant', async () => {
      const pay = await merchantSite('', { '/bill': '<h1>Your bill</h1>' });
      service.tell({ state: 'talking', origins: [pay.origin], push: { ...offer(), url: `${pay.origin}/bill` } });
      await shop.getByRole('heading', { name: 'Your bill' }).waitFor();
      await pay.close();
    });

    it('offers a link when the shop’s tab is gone, and goes on with the tab that it opens', async () => {
      await shop.close();
      service.tell({ state: 'talking', push: offer() });
      await eventually('it is reported', () => service.asked('page-blocked').length === 1);
      expect(service.asked('page-blocked')[0]?.why).to.equal('page-gone');
      const [reopened] = await Promise.all([
        shopper.context.waitForEvent('page'),
        callWindow.getByRole('button', { name: 'Open it' }).click(),
      ]);
      await reopened.getByRole('heading', { name: 'Aruba' }).waitFor();
      await eventually('it is reported as shown', () => service.asked('page-shown').length === 1);
      await eventually('the new tab tells where it is', () => toldPages().includes('offers/aruba'));
    });
  });

  describe('in a channel with the agent', () => {
    beforeEach(() => {
      service.tell({ state: 'talking', agentName: 'Anna', channel: { agentName: 'Anna' } });
    });

    it('takes messages to the agent and shows those that come', async () => {
      await callWindow.getByRole('heading', { name: 'Chat with Anna' }).waitFor();
      await callWindow.getByLabel('Message').fill('Do you have it in 39?');
      await callWindow.keyboard.press('Enter');
      const [sent] = await eventually(
        'it is sent',
        () => service.asked('send-message').length > 0 && service.asked('send-message'),
      );
      expect(sent?.text).to.equal('Do you have it in 39?');
      const at = instant(Date.now());
      service.tell({
        messages: [
          { messageId: sent?.messageId ?? '', from: 'customer', text: sent?.text ?? '', at },
          { messageId: 'm2', from: 'agent', text: 'We do!', at },
        ],
      });
      await callWindow.getByRole('log').getByText('We do!').waitFor();
      expect(await callWindow.getByText('Do you have it in 39?').count()).to.equal(1);
    });

    it('keeps a message that could not be sent, and sends the same one again', async () => {
      service.refusing.add('send-message');
      await callWindow.getByLabel('Message').fill('Hello?');
      await callWindow.getByRole('button', { name: 'Send', exact: true }).click();
      await callWindow.getByText('Not sent.').waitFor();
      await callWindow.getByRole('button', { name: 'Send again' }).click();
      await eventually('it is sent twice', () => service.asked('send-message').length === 2);
      const [first, second] = service.asked('send-message');
      expect(second).to.deep.equal(first);
    });

    it('shows markup in names and messages as the text it is', async () => {
      const markup = '<img src=x onerror="window.harmed = true"><b>bold</b>';
      service.tell({
        merchantName: markup,
        iconLabel: markup,
        agentName: markup,
        channel: { agentName: markup },
        push: { pushId: 'p9', url: 'javascript:window.harmed=true', label: markup, by: markup },
        messages: [{ messageId: 'x', from: 'agent', text: `${markup}\u202Eevil`, at: instant(1) }],
      });
      await callWindow.getByRole('log').getByText(markup).waitFor();
      await eventually('the push is refused', () => service.asked('page-blocked').length === 1);
      expect(await callWindow.locator('main img, main section b').count()).to.equal(0);
      expect(await callWindow.getByRole('heading', { level: 1 }).textContent()).to.contain('<img src=x');
      expect(await callWindow.getByRole('log').textContent()).not.to.contain('\u202E');
      expect(await callWindow.getByRole('button', { name: 'Open it' }).isVisible()).to.equal(false);
      expect(await callWindow.evaluate('window.harmed')).to.equal(undefined);
      expect(shopper.troubles).to.deep.equal([]);
    });
  });

  it('makes one call at a time, though another shop’s tab has a window of its own', async () => {
    service.tell({ state: 'talking', agentName: 'Anna' });
    await saying(callWindow, 'Talking to Anna');
    const other = await merchantSite(`<script async src="${service.url}/icon.js" data-merchant="globex"></script>`, {
      '/': icon,
    });
    const tab = await shopper.context.newPage();
    await tab.goto(`${other.origin}/`);
    const second = await shopper.callBy(() => tab.getByText('Talk to us').click());
    await second.getByText('You are on a call in another window.').waitFor();
    expect(service.clicks).to.have.length(1);
    await second.getByRole('button', { name: 'End it and call' }).click();
    await service.placed(2);
    await saying(callWindow, 'Call ended');
    expect(service.clicks[1]?.icon.merchant).to.equal('globex');
    await other.close();
  });

  it('can be used by keyboard alone, fits a phone, and names all its controls', async () => {
    service.tell({ state: 'talking', agentName: 'Anna', channel: { agentName: 'Anna' }, push: offer() });
    await callWindow.setViewportSize({ width: 390, height: 844 });
    await callWindow.getByRole('heading', { name: 'Chat with Anna' }).waitFor();
    expect(await callWindow.evaluate('document.documentElement.scrollWidth')).to.be.at.most(390);
    for (const name of ['Mute', 'Keypad', 'Volume', 'Hang up', 'Send']) {
      expect(await callWindow.getByRole('button', { name, exact: true }).count(), name).to.equal(1);
    }
    await callWindow.locator('body').press('Tab');
    const reached: string[] = [];
    while ((await callWindow.locator(':focus').count()) > 0 && reached.length < 20) {
      reached.push((await callWindow.locator(':focus').getAttribute('id')) ?? '');
      await callWindow.keyboard.press('Tab');
    }
    expect(reached).to.include.members(['mute', 'keys', 'sound', 'hang-up', 'messages', 'draft']);
  });
});
