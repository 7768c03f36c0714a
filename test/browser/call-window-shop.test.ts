import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import { eventually } from '#test/support/shopper/eventually.js';
import { merchantSite } from '#test/support/shopper/merchant-site.js';
import { ongoingCall, type OngoingCall } from '#test/support/shopper/ongoing-call.js';
import { saying } from '#test/support/shopper/shopper.js';

/** Lets the window go on by what it hears: as in a browser that slows the timers of what nobody sees. */
const slowTimers = async ({ shopper, callWindow, service }: OngoingCall): Promise<void> => {
  await shopper.context.addInitScript('if (location.pathname === "/call") window.setInterval = () => 0');
  await callWindow.reload();
  service.tell({ state: 'talking', agentName: 'Anna' });
  await saying(callWindow, 'Talking to Anna');
};

describe('the call window and the shop’s page', () => {
  const call = ongoingCall();

  describe('passing on what happens in the shop', () => {
    beforeEach(async () => {
      call.service.tell({ state: 'talking', agentName: 'Anna' });
      await saying(call.callWindow, 'Talking to Anna');
      await call.shop.getByText('Returns').click();
      await eventually('the page is told', () => call.toldPages().includes('returns'));
    });

    it('tells what is typed while it is typed, page after page', async () => {
      await call.shop.fill('[name=name]', 'Joan');
      await eventually('the name is told', () => call.toldForms().some(({ returns }) => returns?.['name'] === 'Joan'));
      await call.shop.fill('[name=reason]', 'Too small');
      await eventually('the reason is told', () =>
        call.toldForms().some(({ returns }) => returns?.['reason'] === 'Too small'),
      );
      expect(call.toldPages()).to.deep.equal(['returns']);
    });

    it('tells nothing more of a group from the moment it is switched off, in this call and the next', async () => {
      await call.callWindow.getByText('Shared with the agent').click();
      await call.shop.fill('[name=reason]', 'Too small');
      await call.callWindow.locator('label').filter({ hasText: 'What you fill in' }).getByText('reason').waitFor();
      await call.callWindow.getByRole('switch', { name: 'What you fill in' }).click();
      await call.callWindow.getByText('Not shared').waitFor();
      await call.shop.fill('[name=name]', 'Joan');
      await call.shop.goto(`${call.site.origin}/offers/aruba`);
      await eventually('the next page is told', () => call.toldPages().includes('offers/aruba'));
      expect(call.toldForms().some(({ returns }) => returns?.['name'])).to.equal(false);

      call.service.tell({ state: 'ended' });
      await saying(call.callWindow, 'Call ended');
      await call.shop.goto(`${call.site.origin}/returns`);
      await call.shop.fill('[name=name]', 'Joan');
      await call.talk();
      const [, second] = await call.service.placed(2);
      expect(second?.context.forms).to.deep.equal({});
      expect(second?.context.page?.title).to.equal('returns');
    });

    it('tells nothing of the pages of another shop in the same tab', async () => {
      const counting = '<script>asked = 0; addEventListener("message", () => { asked += 1; });</script>';
      const other = await merchantSite(
        `<script async src="${call.service.url}/icon.js" data-merchant="globex"></script>${counting}`,
        { '/': '<p>Books</p>' },
      );
      await call.shop.evaluate(`location.href = '${other.origin}/'`);
      await call.shop.waitForURL(`${other.origin}/`);
      await call.shop.waitForFunction('asked > 1');
      await call.shop.evaluate(`location.href = '${call.site.origin}/offers/aruba'`);
      await eventually('our page is told', () => call.toldPages().includes('offers/aruba'));
      const urls = call.service.asked('context').map(({ context }) => context.page?.url ?? call.site.origin);
      expect(urls.every((url) => url.startsWith(call.site.origin))).to.equal(true);
      await other.close();
    });
  });

  describe('showing a page that the agent pushes', () => {
    it('shows it in the shop’s own tab and says who did', async () => {
      call.service.tell({ state: 'talking', agentName: 'Anna', push: call.offer() });
      await call.shop.getByRole('heading', { name: 'Aruba' }).waitFor();
      await call.callWindow.getByText('Anna showed you: Aruba offer').waitFor();
      await eventually('it is reported', () => call.service.asked('page-shown').length === 1);
      expect(call.service.asked('page-shown')[0]).to.deep.include({
        pushId: 'p1',
        url: `${call.site.origin}/offers/aruba`,
      });
    });

    it('asks first when something typed would be lost, and takes no for an answer', async () => {
      await call.shop.getByText('Returns').click();
      await call.shop.fill('[name=name]', 'Joan');
      await eventually('the name is told', () => call.toldForms().some(({ returns }) => returns?.['name'] === 'Joan'));
      call.service.tell({ state: 'talking', push: call.offer() });
      await call.callWindow.getByText('What you have typed on the page may be lost.').waitFor();
      await call.callWindow.getByRole('button', { name: 'No, thanks' }).click();
      await eventually('it is reported', () => call.service.asked('page-blocked').length === 1);
      expect(call.service.asked('page-blocked')[0]?.why).to.equal('refused-by-customer');
      expect(await call.shop.inputValue('[name=name]')).to.equal('Joan');
    });

    it('asks first whenever the customer wants that', async () => {
      await call.callWindow.getByText('Shared with the agent').click();
      await call.callWindow.getByRole('switch', { name: 'Ask before showing me a page' }).click();
      call.service.tell({ state: 'talking', push: call.offer() });
      await call.callWindow.getByText('Anna wants to show you: Aruba offer').waitFor();
      expect(call.shop.url()).to.equal(`${call.site.origin}/`);
      await call.callWindow.getByRole('button', { name: 'Show it' }).click();
      await call.shop.getByRole('heading', { name: 'Aruba' }).waitFor();
    });

    it('never leads away from the shop', async () => {
      call.service.tell({ state: 'talking', push: { ...call.offer(), url: 'https://evil.example/offers' } });
      await eventually('it is reported', () => call.service.asked('page-blocked').length === 1);
      expect(call.service.asked('page-blocked')[0]?.why).to.equal('foreign-address');
      expect(call.shop.url()).to.equal(`${call.site.origin}/`);
    });

    it('leads to another origin of the same merchant', async () => {
      const pay = await merchantSite('', { '/bill': '<h1>Your bill</h1>' });
      call.service.tell({
        state: 'talking',
        origins: [pay.origin],
        push: { ...call.offer(), url: `${pay.origin}/bill` },
      });
      await call.shop.getByRole('heading', { name: 'Your bill' }).waitFor();
      await pay.close();
    });

    it('offers a link when the shop’s tab is gone, and goes on with the tab that it opens', async () => {
      await call.shop.close();
      call.service.tell({ state: 'talking', push: call.offer() });
      await eventually('it is reported', () => call.service.asked('page-blocked').length === 1);
      expect(call.service.asked('page-blocked')[0]?.why).to.equal('page-gone');
      const [reopened] = await Promise.all([
        call.shopper.context.waitForEvent('page'),
        call.callWindow.getByRole('button', { name: 'Open it' }).click(),
      ]);
      await reopened.getByRole('heading', { name: 'Aruba' }).waitFor();
      await eventually('it is reported as shown', () => call.service.asked('page-shown').length === 1);
      await eventually('the new tab tells where it is', () => call.toldPages().includes('offers/aruba'));
    });
  });

  describe('hidden behind the shop, with its timers slowed down', () => {
    it('hears at once what is typed on the page that it knows', async () => {
      await call.shop.getByText('Returns').click();
      await eventually('the page is told', () => call.toldPages().includes('returns'));
      await slowTimers(call);
      await call.shop.fill('[name=name]', 'Joan');
      await eventually('the name is told', () => call.toldForms().some(({ returns }) => returns?.['name'] === 'Joan'));
    });
  });
});

describe('the call window of a server that looks after it', () => {
  const call = ongoingCall({ pulse: 300 });

  it('finds a page that it does not know yet, though its timers are slowed down', async () => {
    await slowTimers(call);
    await call.shop.getByText('Returns').click();
    await eventually('the page is told', () => call.toldPages().includes('returns'));
  });
});
