import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { LogEvent } from '#domain/events.js';
import type { IconSessionEvent, Page } from '#domain/icon-session/icon-session.events.js';
import { contactId, iconSessionId, merchantId } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import { aniIndex } from '#projections/ani-index/ani-index.projection.js';
import { fold } from '#projections/projection.js';

const acme = merchantId('acme');
const session = iconSessionId(acme, 's');
const page = (path: string, at: number): Page => ({
  url: `https://shop.example/${path}`,
  title: path,
  at: instant(at),
});

const pageAfter = (...views: readonly Page[]): string | undefined => {
  const view = aniIndex.empty();
  const clicked: IconSessionEvent = {
    type: 'IconClicked',
    data: { contactId: contactId(acme, 's'), origin: 'https://shop.example', page: page('boots', 50), pseudoAni: '1' },
  };
  for (const event of [clicked, ...views.map((each) => ({ type: 'PageViewed', data: { page: each } }))]) {
    fold(aniIndex, view, {
      ...event,
      stream: session,
      meta: { merchantId: acme, occurredAt: instant(50) },
    } as LogEvent);
  }
  return view.sessions.get(session)?.page.title;
};

describe('the page a caller is on', () => {
  it('is that of the click, although pages from before are told after it', () => {
    expect(pageAfter(page('home', 10), page('shoes', 40))).to.equal('boots');
  });

  it('is the one looked at last', () => {
    expect(pageAfter(page('home', 10), page('cart', 60), page('shoes', 40))).to.equal('cart');
  });
});
