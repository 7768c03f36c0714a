import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { instant } from '#domain/kernel/time.js';
import { merchantDecider } from '#domain/merchant/merchant.decider.js';
import { refusalOfTable } from '#domain/merchant/dtmf-table.js';
import type { DtmfAction, DtmfEntry, MerchantEvent } from '#domain/merchant/merchant.events.js';
import { isOrigin, isPathUnder } from '#domain/merchant/origin.js';
import { scenarioFor } from '#test/support/scenario.js';
import { acmeStream } from './acme.js';

const given = scenarioFor(merchantDecider);
const shop = 'https://shop.example';
const page = (path: string, origin = shop): DtmfAction => ({ kind: 'page', origin, path });
const entry = (code: string, action: DtmfAction = page('/offers')): DtmfEntry => ({ code, label: 'Offers', action });
const origins = [shop, 'http://localhost:8080'];

describe('the table of what an agent can key', () => {
  const registered: MerchantEvent = { type: 'MerchantRegistered', data: { name: 'Acme' } };
  const verified: MerchantEvent = { type: 'OriginVerified', data: { origin: shop } };
  const published = (version: number, ...entries: DtmfEntry[]): MerchantEvent => ({
    type: 'DtmfTablePublished',
    data: { version, entries },
  });
  const publish = (...entries: DtmfEntry[]) =>
    ({ type: 'PublishDtmfTable', target: acmeStream, at: instant(0), data: { entries } }) as const;

  it('has a version that counts what was really new', () => {
    const aruba = entry('*76', page('/offers/aruba?lang=en#top'));
    given(registered, verified).when(publish(aruba)).thenHappened(published(1, aruba));
    given(registered, verified, published(1, aruba)).when(publish(aruba)).thenNothing();
    given(registered, verified, published(1, aruba)).when(publish()).thenHappened(published(2));
    given(registered, verified).when(publish()).thenHappened(published(1));
  });

  it('is refused before the origin of its pages is verified', () => {
    given(registered)
      .when(publish(entry('*76')))
      .thenRejected('page-outside-verified-origins');
  });

  it('takes codes of two to eight keys that begin with * or #, one of which may begin another', () => {
    const codes = ['*7', '*76', '#0', '**', '*#', '*1234567'];
    expect(
      refusalOfTable(
        codes.map((code) => entry(code)),
        origins,
      ),
    ).to.be.undefined;
  });

  for (const code of ['', '*', '76', '1*', '*12345678', '*7a', '*７６', '*76\n', ' *76', '*7 6']) {
    it(`refuses ${JSON.stringify(code)} for a code`, () => {
      expect(refusalOfTable([entry('*1'), entry(code)], origins)).to.equal('bad-dtmf-code');
    });
  }

  it('refuses a code that stands in it twice', () => {
    expect(refusalOfTable([entry('*76'), entry('*76', page('/else'))], origins)).to.equal('duplicate-dtmf-code');
  });

  it('turns volume by steps that mean something, and echo cancellation on or off', () => {
    const volume = (changePercent: number): DtmfAction => ({ kind: 'media', setting: 'volume', changePercent });
    const echo: DtmfAction = { kind: 'media', setting: 'echo-cancellation', on: false };
    const table = [entry('*22', volume(20)), entry('*88', volume(-20)), entry('*33', echo)];
    expect(refusalOfTable(table, origins)).to.be.undefined;
    for (const step of [0, 0.5, -91, 301, Number.NaN]) {
      expect(refusalOfTable([entry('*22', volume(step))], origins)).to.equal('bad-media-setting');
    }
  });

  const elsewhere = [
    '//evil.example',
    '/\\evil.example',
    '\\evil.example',
    '\\\\evil.example',
    '@evil.example',
    '/@evil.example',
    'https://evil.example',
    ['javascript', 'alert(1)'].join(':'),
    'data:text/html,x',
    '',
    'offers',
    ' /offers',
    '/offers\r\nSet-Cookie: a=b',
    '/offers\t',
    '/of fers',
    '/öffers',
    '/..//evil.example',
    '/a/../b',
    '/%2e%2e/b',
    '/a%zz',
    '/a|b',
    '/<script>',
    `/${'a'.repeat(2_000)}`,
  ];
  for (const path of elsewhere) {
    it(`refuses ${JSON.stringify(path).slice(0, 40)} for a page`, () => {
      expect(refusalOfTable([entry('*76', page(path))], origins)).to.equal('page-outside-verified-origins');
      const handed: DtmfAction = { kind: 'hand-to-merchant', origin: shop, path };
      expect(refusalOfTable([entry('*76', handed)], origins)).to.equal('page-outside-verified-origins');
    });
  }

  const lookAlikes = [
    'https://shop.example.',
    'https://shop.example:8443',
    'https://ѕhop.example',
    'http://shop.example',
    'https://a.shop.example',
  ];
  for (const origin of lookAlikes) {
    it(`refuses a page of ${origin}, which only looks like the shop`, () => {
      expect(refusalOfTable([entry('*76', page('/offers', origin))], origins)).to.equal(
        'page-outside-verified-origins',
      );
    });
  }

  it('holds no page of what is no origin at all', () => {
    expect(isPathUnder('shop.example', '/offers')).to.be.false;
  });

  it('holds no path that a browser would read as another origin, of 20 000 hostile ones', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '@',
      ':',
      '.',
      '..',
      '?',
      '#',
      '%2f',
      '%5c',
      'evil.example',
      'https',
      'a',
      '\t',
      '\r\n',
      '[',
      '·',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = pieces.join('');
        if (!isPathUnder(shop, path)) return;
        expect(new URL(path, shop).origin).to.equal(shop);
        expect(new URL(path, `${shop}/deep/er`).href).to.equal(`${shop}${path}`);
        expect(new URL(`${shop}${path}`).origin).to.equal(shop);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('an origin', () => {
  it('is https, or http on this machine', () => {
    const good = [
      'https://shop.example',
      'https://shop.example:8443',
      'https://xn--bcher-kva.example',
      'http://localhost:8080',
      'http://127.0.0.1:5173',
      'https://10.0.0.1',
    ];
    expect(good.filter(isOrigin)).to.deep.equal(good);
  });

  const bad = [
    '',
    'null',
    'shop.example',
    'http://shop.example',
    'http://localhost.evil.example',
    'http://127.0.0.2',
    'ftp://shop.example',
    ['javascript', 'alert(1)'].join(':'),
    'https://shop.example/',
    'https://shop.example/path',
    'https://user@shop.example',
    'https://SHOP.example',
    'https://shop.example:443',
    'https://*.example',
    'https://bücher.example',
    'https://ѕhop.example',
    'https://shop.example\n',
    ' https://shop.example',
    'blob:https://shop.example/x',
  ];
  for (const text of bad) {
    it(`is not ${JSON.stringify(text)}`, () => {
      expect(isOrigin(text)).to.be.false;
    });
  }
});
