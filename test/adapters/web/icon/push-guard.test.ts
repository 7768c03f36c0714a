import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { mayShow } from '#adapters/web/icon/push-guard.js';

const shop = 'https://shop.example';

describe('a page that is pushed to a customer', () => {
  it('is shown when it is one of the shop', () => {
    expect(mayShow(`${shop}/offers/aruba.html?a=1#top`, [shop])).to.equal(true);
  });

  it('is shown when it is on another origin that the server has verified for the shop', () => {
    expect(mayShow('https://pay.shop.example/bill', [shop, 'https://pay.shop.example'])).to.equal(true);
    expect(mayShow('https://pay.shop.example/bill', [shop])).to.equal(false);
  });

  for (const url of [
    'https://evil.example/',
    'http://shop.example/',
    'https://shop.example:8443/',
    'https://shop.example.evil.example/',
    'https://shop.example@evil.example/',
    '//evil.example/',
    '/\\evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'blob:https://shop.example/1',
    ' https://shop.example/',
    'https:\\\\shop.example/',
    'https://shop.example',
    '',
  ]) {
    it(`is not shown when it lies at ${JSON.stringify(url)}`, () => {
      expect(mayShow(url, [shop])).to.equal(false);
    });
  }

  it('never leaves the origin, whatever stands behind it', () => {
    const tail = fc.oneof(
      fc.string(),
      fc.webPath(),
      fc.constantFrom('\\evil.example', '@evil.example', '\t//evil.example'),
    );
    fc.assert(
      fc.property(tail, (path) => {
        const url = `${shop}/${path}`;
        expect(mayShow(url, [shop])).to.equal(true);
        expect(new URL(url).origin).to.equal(shop);
      }),
      { numRuns: 2000 },
    );
  });
});
