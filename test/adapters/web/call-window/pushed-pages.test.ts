import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import { pushedPages, type PushedPage } from '#adapters/web/call-window/pushed-pages.js';
import type { ToPage } from '#adapters/web/shared/page-messages.js';
import type { CustomerRequest } from '#domain/contracts/customer-desk.js';
import { instant } from '#domain/kernel/time.js';
import { hereOf } from './samples.js';

const offer = { pushId: 'p1', url: 'https://shop.example/offers/aruba.html', label: 'Aruba offer', by: 'Anna' };

describe('a page that Anna pushes', () => {
  let now = 0;
  let there = true;
  let mustAsk = false;
  let sent: ToPage[] = [];
  let reported: CustomerRequest[] = [];
  let shown: PushedPage | undefined;
  let pages: ReturnType<typeof pushedPages>;

  beforeEach(() => {
    [now, there, mustAsk, sent, reported, shown] = [0, true, false, [], [], undefined];
    pages = pushedPages({
      page: { push: (push) => sent.push(push), isThere: () => there, ask: () => undefined },
      report: (request) => reported.push(request),
      mustAsk: () => mustAsk,
      now: () => instant(now),
      changed: (pushed) => (shown = pushed),
    });
  });

  it('goes to the shop’s page at once, with the origins that it may lead to', () => {
    pages.told(offer, ['https://pay.shop.example']);
    expect(sent).to.deep.equal([
      { trunkline: 'push', pushId: 'p1', url: offer.url, origins: ['https://pay.shop.example'] },
    ]);
    expect(shown).to.deep.include({ by: 'Anna', state: 'waiting' });
  });

  it('is reported as shown when the page it led to says so, once', () => {
    pages.told(offer, []);
    const here = hereOf({ push: { pushId: 'p1', shown: true } });
    pages.here(here);
    pages.here(here);
    expect(reported).to.deep.equal([{ type: 'page-shown', pushId: 'p1', url: 'https://shop.example/shoes' }]);
    expect(shown?.state).to.equal('shown');
  });

  it('is not pushed again, however often the server repeats it', () => {
    pages.told(offer, []);
    pages.told({ ...offer }, []);
    pages.here(hereOf({ push: { pushId: 'p1', shown: true } }));
    pages.told({ ...offer }, []);
    expect(sent).to.have.length(1);
  });

  it('waits for the customer who wants to be asked, or has typed something', () => {
    mustAsk = true;
    pages.told(offer, []);
    expect(sent).to.deep.equal([]);
    expect(shown?.state).to.equal('asking');
    pages.accept();
    expect(sent).to.have.length(1);
  });

  it('is refused by the customer who does not want it', () => {
    mustAsk = true;
    pages.told(offer, []);
    pages.refuse();
    expect(reported).to.deep.equal([{ type: 'page-blocked', pushId: 'p1', why: 'refused-by-customer' }]);
    expect(shown).to.equal(undefined);
    pages.told(offer, []);
    expect(shown).to.equal(undefined);
  });

  it('is forgotten when the call ends before the customer has decided', () => {
    mustAsk = true;
    pages.told(offer, []);
    pages.told(undefined, []);
    expect(shown).to.equal(undefined);
    pages.accept();
    expect(sent).to.deep.equal([]);
  });

  it('is reported as blocked when it leads away from the shop', () => {
    pages.told(offer, []);
    pages.here(hereOf({ push: { pushId: 'p1', shown: false } }));
    expect(reported).to.deep.equal([{ type: 'page-blocked', pushId: 'p1', why: 'foreign-address' }]);
    expect(shown?.state).to.equal('failed');
  });

  it('has nowhere to go when the shop’s page is closed, and is left to the customer', () => {
    there = false;
    pages.told(offer, []);
    pages.settle();
    expect(reported).to.deep.equal([]);
    now = 3000;
    pages.settle();
    expect(reported).to.deep.equal([{ type: 'page-blocked', pushId: 'p1', why: 'page-gone' }]);
    pages.opened();
    expect(reported.at(-1)).to.deep.equal({ type: 'page-shown', pushId: 'p1', url: offer.url });
  });

  it('is shown after all when the shop’s page was only slow to answer', () => {
    there = false;
    pages.told(offer, []);
    now = 2000;
    there = true;
    pages.settle();
    expect(sent).to.have.length(1);
    expect(reported).to.deep.equal([]);
  });

  it('is given up when the page that it led to never answers', () => {
    pages.told(offer, []);
    now = 10_001;
    pages.settle();
    pages.settle();
    expect(reported).to.deep.equal([{ type: 'page-blocked', pushId: 'p1', why: 'no-answer' }]);
  });
});
