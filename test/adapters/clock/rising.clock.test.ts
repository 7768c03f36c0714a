import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import { risingClock } from '#adapters/clock/rising.clock.js';
import type { RisingClock } from '#domain/contracts/clock.js';
import { after, instant } from '#domain/kernel/time.js';
import { fakeClock, mondayMorning, type FakeClock } from '#test/support/fake-clock.js';

describe('the time that a log is stamped with', () => {
  let clock: FakeClock;
  let rising: RisingClock;
  beforeEach(() => {
    clock = fakeClock();
    rising = risingClock(clock);
  });
  const sinceMonday = (): number => rising.now() - mondayMorning;

  it('is that of the clock, as long as the clock goes on or is put forward', () => {
    expect(sinceMonday()).to.equal(0);
    clock.advance(1_000);
    expect(sinceMonday()).to.equal(1_000);
    clock.set(after(mondayMorning, 90_000));
    expect(sinceMonday()).to.equal(90_000);
    clock.advance(5);
    expect(sinceMonday()).to.equal(90_005);
  });

  it('goes on at half speed while the clock has been put back, until that has caught up', () => {
    clock.advance(10_000);
    expect(sinceMonday()).to.equal(10_000);
    clock.set(after(mondayMorning, 4_000));
    expect(sinceMonday()).to.equal(10_000);
    clock.advance(1_001);
    expect(sinceMonday()).to.equal(10_500);
    clock.advance(10_999);
    expect(sinceMonday(), 'twice as long as it was put back').to.equal(16_000);
    clock.advance(1_000);
    expect(sinceMonday()).to.equal(17_000);
  });

  it('rises by as much, however often it is read', () => {
    clock.set(after(mondayMorning, 60_000));
    rising.now();
    clock.set(mondayMorning);
    for (let read = 0; read < 999; read += 1) {
      clock.advance(1);
      rising.now();
    }
    clock.advance(1);
    expect(sinceMonday()).to.equal(60_500);
  });

  it('is not before what a log has been stamped with already', () => {
    rising.notBefore(after(mondayMorning, 8_000));
    clock.advance(100);
    expect(sinceMonday()).to.equal(8_050);
    rising.notBefore(instant(0));
    expect(sinceMonday()).to.equal(8_050);
  });

  it('wakes up whoever asks as the clock does', () => {
    const woken: number[] = [];
    rising.schedule(50, () => woken.push(rising.elapsed()));
    clock.advance(50);
    expect(woken).to.deep.equal([clock.elapsed()]);
  });
});
