import { expect } from 'chai';
import { describe, it } from 'mocha';
import { findChromium } from './chromium.js';

describe('the browser that the browser suite runs in', () => {
  it('is the one in the usual place', () => {
    expect(findChromium({ chosen: undefined, runs: (path) => path === '/usr/bin/google-chrome' })).to.equal(
      '/usr/bin/google-chrome',
    );
  });

  it('is the one that the developer chose, whatever else there is', () => {
    expect(findChromium({ chosen: '/opt/chrome', runs: () => true })).to.equal('/opt/chrome');
  });

  it('is missed aloud, with the way to get it', () => {
    expect(() => findChromium({ chosen: undefined, runs: () => false })).to.throw('apt-get install chromium');
  });

  it('is not silently another than the one that the developer chose', () => {
    expect(() => findChromium({ chosen: '/opt/chrome', runs: (path) => path !== '/opt/chrome' })).to.throw(
      '/opt/chrome, where CHROMIUM points',
    );
  });
});
