import { expect } from 'chai';
import { describe, it } from 'mocha';
import { elapsed, elapsedInWords, span } from '#adapters/web/design/format.js';

describe('how long a call has lasted', () => {
  it('is minutes and seconds, and from an hour on hours', () => {
    expect([0, 999, 1000, 61_000, 600_000, 3_599_999, 3_600_000, 86_399_000].map(elapsed)).to.deep.equal([
      '0:00',
      '0:00',
      '0:01',
      '1:01',
      '10:00',
      '59:59',
      '1:00:00',
      '23:59:59',
    ]);
  });

  it('has not begun when the clock of this machine is behind', () => {
    expect(elapsed(-5000)).to.equal('0:00');
    expect(elapsedInWords(-5000)).to.equal('0 seconds');
  });

  it('is said in words to those who listen', () => {
    expect([1000, 60_000, 125_000, 3_600_000, 3_720_000, 7_260_000].map(elapsedInWords)).to.deep.equal([
      '1 second',
      '1 minute',
      '2 minutes 5 seconds',
      '1 hour',
      '1 hour 2 minutes',
      '2 hours 1 minute',
    ]);
  });
});

describe('the time between two events', () => {
  it('is as exact as it matters', () => {
    expect([0, 8, 999, 1250, 9999, 12_340, 60_000, 200_000].map(span)).to.deep.equal([
      '0 ms',
      '8 ms',
      '999 ms',
      '1.25 s',
      '10.00 s',
      '12.3 s',
      '1 min 0 s',
      '3 min 20 s',
    ]);
  });

  it('never reads sixty seconds beside minutes', () => {
    expect([59_999, 119_600, 119_999].map(span)).to.deep.equal(['60.0 s', '2 min 0 s', '2 min 0 s']);
  });

  it('may be negative: the source’s clock was ahead', () => {
    expect(span(-640)).to.equal('−640 ms');
  });
});
