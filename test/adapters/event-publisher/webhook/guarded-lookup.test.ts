import { expect } from 'chai';
import { describe, it } from 'mocha';
import { guardedLookup, systemResolve } from '#adapters/event-publisher/webhook/guarded-lookup.js';

describe('the name of a merchant’s endpoint', () => {
  it('may be one that only this machine knows', async function () {
    this.timeout(20_000);
    const addresses = (await systemResolve()('localhost')).map(({ address }) => address);
    expect(
      addresses.some((address) => ['127.0.0.1', '::1'].includes(address)),
      addresses.join(),
    ).to.equal(true);
  });

  it('that nobody knows is an error, and does not keep the next one waiting for ever', async function () {
    this.timeout(40_000);
    const resolve = systemResolve();
    const [unknown, known] = await Promise.allSettled([resolve('nowhere.invalid'), resolve('localhost')]);
    expect([unknown.status, known.status]).to.deep.equal(['rejected', 'fulfilled']);
  });

  const look = (addresses: readonly string[], all: boolean) =>
    new Promise<readonly unknown[]>((resolve) => {
      const lookup = guardedLookup(
        async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        (address) => address.startsWith('8.'),
      );
      lookup('hooks.test', { all }, (...answer: readonly unknown[]) => {
        resolve(answer);
      });
    });

  it('leads only to its addresses that may be reached, whether one is asked for or all', async () => {
    const mixed = ['10.0.0.1', '8.8.8.8', '::1', '8.8.4.4'];
    expect(await look(mixed, false)).to.deep.equal([null, '8.8.8.8', 4]);
    expect(await look(mixed, true)).to.deep.equal([
      null,
      [
        { address: '8.8.8.8', family: 4 },
        { address: '8.8.4.4', family: 4 },
      ],
    ]);
    const [error] = await look(['10.0.0.1', '::1'], true);
    expect(error).to.have.property('code', 'ADDRESS_NOT_ALLOWED');
  });
});
