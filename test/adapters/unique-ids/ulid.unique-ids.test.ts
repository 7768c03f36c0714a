import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ulid } from '#adapters/unique-ids/ulid.js';
import { ulidUniqueIds } from '#adapters/unique-ids/ulid.unique-ids.js';
import { instant } from '#domain/kernel/time.js';
import { fakeClock, mondayMorning } from '#test/support/fake-clock.js';
import { seededIds } from '#test/support/seeded-ids.js';
import { range } from '#test/support/store-harness.js';

const pattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

describe('a ULID', () => {
  it('is its time, then its randomness, in Crockford’s base 32', () => {
    // The example of the specification's own reference implementation.
    expect(ulid(1469918176385, new Uint8Array(10))).to.equal('01ARYZ6S410000000000000000');
    expect(
      ulid(
        0,
        Uint8Array.from({ length: 10 }, () => 255),
      ),
    ).to.equal('0000000000ZZZZZZZZZZZZZZZZ');
    expect(ulid(2 ** 48 - 1, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 1))).to.equal('7ZZZZZZZZZ0000000000000001');
    expect(ulid(0, Uint8Array.of(0x08, 0x42, 0x10, 0x84, 0x21, 0, 0, 0, 0, 0))).to.equal('00000000001111111100000000');
  });
});

describe('ids of the machine', () => {
  it('are ULIDs that sort in the order of making, many within one millisecond', () => {
    const ids = ulidUniqueIds(fakeClock());
    const made = range(1, 2000).map(() => ids.next());
    expect(made.every((id) => pattern.test(id))).to.equal(true);
    expect(made.toSorted()).to.deep.equal(made);
    expect(new Set(made).size).to.equal(2000);
  });

  it('sort in the order of making though the clock is put back', () => {
    const clock = fakeClock();
    const ids = ulidUniqueIds(clock);
    const first = ids.next();
    clock.set(instant(mondayMorning - 60_000));
    const second = ids.next();
    clock.set(instant(mondayMorning + 1));
    const third = ids.next();
    expect([third, first, second].toSorted()).to.deep.equal([first, second, third]);
  });

  it('are not the same for two makers in the same millisecond', () => {
    const clock = fakeClock();
    const [one, other] = [ulidUniqueIds(clock).next(), ulidUniqueIds(clock).next()];
    expect(one.slice(0, 10)).to.equal(other.slice(0, 10));
    expect(one).not.to.equal(other);
  });

  it('come with secrets of 256 bits', () => {
    const ids = ulidUniqueIds(fakeClock());
    const secrets = range(1, 50).map(() => ids.secret());
    for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).to.have.length(32);
    expect(secrets.every((secret) => /^[A-Za-z0-9_-]{43}$/.test(secret))).to.equal(true);
    expect(new Set(secrets).size).to.equal(50);
  });
});

describe('ids of a test', () => {
  it('are the same in every run, differ between seeds, and sort', () => {
    const made = (seed: number): string[] => {
      const ids = seededIds(seed);
      return [...range(1, 100).map(() => ids.next()), ids.secret()];
    };
    expect(made(1)).to.deep.equal(made(1));
    expect(made(1)).not.to.deep.equal(made(2));
    const ids = made(1).slice(0, 100);
    expect(ids.toSorted()).to.deep.equal(ids);
    expect(ids.every((id) => pattern.test(id))).to.equal(true);
  });
});
