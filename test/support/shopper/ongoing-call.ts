import { after, afterEach, before, beforeEach } from 'mocha';
import type { Browser, Page } from 'playwright-core';
import type { NamedValues } from '#domain/icon-session/icon-session.events.js';
import type { CallWindow } from '#domain/views/call-window.js';
import { launchChromium } from '../chromium.js';
import { callService, type CallService } from './call-service.js';
import { merchantSite } from './merchant-site.js';
import { shopperOn, type Shopper } from './shopper.js';

const icon = '<button data-trunkline data-link="shoes">Talk to us</button>';
const pages = {
  '/': `${icon}<a href="/returns">Returns</a><button data-trunkline data-merchant="nobody">Broken</button>`,
  '/returns': `<form data-trunkline-share="returns"><input name="name"><textarea name="reason"></textarea></form>${icon}`,
  '/offers/aruba': `<h1>Aruba</h1>${icon}`,
};

/** What a test has at hand of the call that a shopper has placed. */
export type OngoingCall = {
  service: CallService;
  site: Awaited<ReturnType<typeof merchantSite>>;
  shopper: Shopper;
  shop: Page;
  callWindow: Page;
  /** Presses the shop's icon. */
  talk: () => Promise<void>;
  /** A page of the shop, as Anna pushes it. */
  offer: () => NonNullable<CallWindow['push']>;
  /** Titles of the pages, and the forms, that the server has been told of since the click. */
  toldPages: () => readonly string[];
  toldForms: () => readonly Readonly<Record<string, NamedValues>>[];
};

/**
 * Before each test of the suite: a shopper on the shop's home page has pressed its icon, and the click has arrived.
 * `pulse`: how often the server looks after a window; so seldom that only a test that asks for it hears it.
 */
export const ongoingCall = ({ pulse = 60_000 }: Readonly<{ pulse?: number }> = {}): OngoingCall => {
  const call = {} as OngoingCall;
  let browser: Browser;

  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());

  beforeEach(async () => {
    const service = await callService({ pulse });
    const snippet = `<script async src="${service.url}/icon.js" data-merchant="acme" data-cookies="cart"></script>`;
    const site = await merchantSite(snippet, pages, 'localhost');
    const shopper = await shopperOn(browser, `${site.origin}/`);
    const { shop } = shopper;
    const talk = () => shop.getByText('Talk to us').click();
    Object.assign(call, {
      service,
      site,
      shopper,
      shop,
      talk,
      callWindow: await shopper.callBy(talk),
      offer: () => ({ pushId: 'p1', url: `${site.origin}/offers/aruba`, label: 'Aruba offer', by: 'Anna' }),
      toldPages: () => service.asked('context').flatMap(({ context }) => context.page?.title ?? []),
      toldForms: () => service.asked('context').map(({ context }) => context.forms ?? {}),
    } satisfies OngoingCall);
    await service.placed();
  });
  afterEach(async () => {
    await call.shopper.context.close();
    await Promise.all([call.service.close(), call.site.close()]);
  });

  return call;
};
