import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  digestOf,
  firstContext,
  newContext,
  shareable,
  sharedNames,
  type Switches,
} from '#adapters/web/call-window/shared-context.js';
import { pageContextSchema } from '#adapters/wire/page-context.schema.js';
import { instant } from '#domain/kernel/time.js';
import { hereOf } from './samples.js';

const all: Switches = { pages: true, forms: true, cookies: true };
const shop = 'https://shop.example';

describe('what the call window tells with the click', () => {
  it('is the page, the pages before, the forms and the cookies', () => {
    const { pages, forms, cookies } = hereOf();
    expect(firstContext(hereOf(), all, shop, instant(9))).to.deep.equal({
      page: pages[1],
      pagesBefore: [pages[0]],
      forms,
      cookies,
    });
  });

  it('is only where the customer is, when they share nothing', () => {
    const nothing = { pages: false, forms: false, cookies: false };
    expect(firstContext(hereOf(), nothing, shop, instant(9))).to.deep.equal({
      page: { url: `${shop}/`, title: '', at: 9 },
      pagesBefore: [],
      forms: {},
      cookies: {},
    });
  });

  it('is within what the server takes, however much a page tells and whatever it calls things', () => {
    const long = 'x'.repeat(9000);
    const pages = Array.from({ length: 51 }, (_, number) => ({
      url: `${shop}/${number}?${long.slice(0, 3000)}`,
      title: long,
      at: instant(number),
    }));
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, number) => [`field${number}`, 'x']));
    const forms = {
      ...Object.fromEntries(Array.from({ length: 30 }, (_, form) => [`form${form}`, many])),
      [long]: many,
    };
    const cookies = JSON.parse(`{"__proto__":"x","constructor":"x","":"x","cart":"${long}"}`) as Record<string, string>;
    const context = firstContext({ pages, forms, cookies }, all, shop, instant(9));
    expect(pageContextSchema.safeParse(context).success).to.equal(true);
    expect(JSON.stringify(context).length).to.be.lessThan(60_000);
    expect(context.page?.url).to.match(/^https:\/\/shop\.example\/50\?/);
    expect(Object.keys(context.cookies ?? {})).to.deep.equal(['cart']);
  });

  it('is sound even when the page tells nonsense', () => {
    const nonsense = { pages: [{ url: 'javascript:x' }, {}], forms: null, cookies: 7 } as never;
    const context = firstContext(nonsense, all, shop, instant(9));
    expect(pageContextSchema.safeParse(context).success).to.equal(true);
    expect(context.page?.url).to.equal(`${shop}/`);
  });
});

describe('what the call window goes on telling', () => {
  const allowed = { cookies: ['cart'], formFields: ['name'] };

  it('is only what the merchant allows, once that is known', () => {
    const { forms, cookies } = shareable(hereOf(), all, allowed);
    expect(forms).to.deep.equal({ returns: { name: 'Joan' } });
    expect(cookies).to.deep.equal({ cart: 'shoes-42' });
  });

  it('is nothing, when nothing is new', () => {
    const told = shareable(hereOf(), all, allowed);
    expect(newContext(told, digestOf(told))).to.equal(undefined);
  });

  it('is the group that has changed, and no other', () => {
    const told = shareable(hereOf(), all, allowed);
    const typed = shareable(hereOf({ forms: { returns: { name: 'Joanna' } } }), all, allowed);
    expect(newContext(typed, digestOf(told))).to.deep.equal({ forms: { returns: { name: 'Joanna' } } });
    const later = [...hereOf().pages, { url: `${shop}/cart`, title: 'Cart', at: instant(3) }];
    expect(newContext(shareable(hereOf({ pages: later }), all, allowed), digestOf(told))).to.deep.equal({
      page: later[2],
    });
  });

  for (const group of ['pages', 'forms', 'cookies'] as const) {
    it(`is nothing of the ${group} from the moment they are switched off`, () => {
      const told = shareable(hereOf(), { ...all, [group]: false }, allowed);
      expect(Object.keys(newContext(told, {}) ?? {})).to.not.include(group === 'pages' ? 'page' : group);
      expect(sharedNames(told)[group]).to.deep.equal([]);
    });
  }

  it('is shown to the customer by name, never by value, and only what has been filled in', () => {
    const forms = { returns: { name: 'Joan', order: '' } };
    const names = { ...allowed, formFields: ['name', 'order'] };
    expect(sharedNames(shareable(hereOf({ forms }), all, names))).to.deep.equal({
      pages: ['Home', 'Shoes'],
      forms: ['name'],
      cookies: ['cart'],
    });
  });
});
