import { expect } from 'chai';
import { describe, it } from 'mocha';
import { tokenBucket } from '#adapters/live-updates/token-bucket.js';
import { instant } from '#domain/kernel/time.js';
import { fakeClock, mondayMorning } from '#test/support/fake-clock.js';

const times = (count: number, take: () => boolean): number =>
  Array.from({ length: count }, take).filter(Boolean).length;

describe('what a socket may send', () => {
  it('is a burst at once, then so much a second, and never more than a burst after a pause', () => {
    const clock = fakeClock();
    const take = tokenBucket({ burst: 10, perSecond: 2 }, clock);
    expect(times(50, take)).to.equal(10);
    clock.advance(1000);
    expect(times(50, take)).to.equal(2);
    clock.advance(3_600_000);
    expect(times(50, take)).to.equal(10);
  });

  it('is neither more nor less when the clock is put back', () => {
    const clock = fakeClock();
    const take = tokenBucket({ burst: 2, perSecond: 1 }, clock);
    expect(times(5, take)).to.equal(2);
    clock.set(instant(mondayMorning - 3_600_000));
    expect(times(5, take)).to.equal(0);
    clock.advance(1000);
    expect(times(5, take)).to.equal(1);
  });
});
