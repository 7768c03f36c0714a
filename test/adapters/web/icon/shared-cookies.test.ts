import { expect } from 'chai';
import { describe, it } from 'mocha';
import { sharedCookies } from '#adapters/web/icon/shared-cookies.js';

describe('the cookies that an icon passes on', () => {
  const jar = 'cart=shoes-42; session=top=secret; visits=7; cart2=x; empty=';

  it('are those that the page has named', () => {
    expect(sharedCookies(jar, 'cart visits')).to.deep.equal({ cart: 'shoes-42', visits: '7' });
  });

  it('are none when the page has named none', () => {
    expect(sharedCookies(jar)).to.deep.equal({});
    expect(sharedCookies(jar, '')).to.deep.equal({});
    expect(sharedCookies('', 'cart')).to.deep.equal({});
  });

  it('keep what stands behind a second equals sign, and may hold nothing', () => {
    expect(sharedCookies(jar, 'session empty')).to.deep.equal({ session: 'top=secret', empty: '' });
  });
});
