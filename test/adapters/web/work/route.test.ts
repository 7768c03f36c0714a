import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { pathOf, routeOf, type Route } from '#adapters/web/work/route.js';

const at = (address: string): Route => {
  const [path = '', query = ''] = address.split('?');
  return routeOf(path, query);
};

describe('an address of the application', () => {
  it('names the page', () => {
    expect(at('/')).to.deep.equal({ page: 'home' });
    expect(at('/agent')).to.deep.equal({ page: 'agent' });
    expect(at('/agent/')).to.deep.equal({ page: 'agent' });
    expect(at('/journeys')).to.deep.equal({ page: 'journeys' });
    expect(at('/sign-in')).to.deep.equal({ page: 'sign-in' });
  });

  it('names the journey, and the event that a colleague should look at', () => {
    expect(at('/journeys/contact-acme.01')).to.deep.equal({ page: 'journey', contactId: 'contact-acme.01' });
    expect(at('/journeys/contact-acme.01?event=417')).to.deep.equal({
      page: 'journey',
      contactId: 'contact-acme.01',
      position: 417,
    });
    expect(at('/journeys/contact-acme.01?event=latest')).to.deep.equal({
      page: 'journey',
      contactId: 'contact-acme.01',
    });
  });

  it('is unknown when no page has it', () => {
    for (const address of ['/admin', '/agent/anna', '/journeys/a/b', '/journeys/%E0%A4%A', '/sign-in/x']) {
      expect(at(address), address).to.deep.equal({ page: 'unknown' });
    }
  });

  it('leads back to the journey it was made for, whatever its id', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), fc.nat(), (contactId, position) => {
        const route: Route = { page: 'journey', contactId, position };
        expect(at(pathOf(route))).to.deep.equal(route);
      }),
    );
  });
});

describe('where somebody goes after signing in', () => {
  it('is the page that they came for', () => {
    const asked = pathOf({ page: 'journey', contactId: 'contact-acme.01', position: 3 });
    expect(at(pathOf({ page: 'sign-in', next: asked }))).to.deep.equal({ page: 'sign-in', next: asked });
  });

  for (const next of [
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '\\\\evil.example',
    'javascript:alert(1)',
    '/%0d%0aset-cookie:x\n',
    'agent',
    '',
  ]) {
    it(`is never ${JSON.stringify(next)}`, () => {
      expect(at(`/sign-in?next=${encodeURIComponent(next)}`)).to.deep.equal({ page: 'sign-in' });
    });
  }
});
