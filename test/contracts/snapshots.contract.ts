import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { Snapshots } from '#domain/contracts/snapshots.js';

const bytes = Uint8Array.from({ length: 3_000_000 }, (_none, index) => index % 251);

/** What every keeper of snapshots promises. Each adapter's test runs it on an empty one. */
export const snapshotsContract = (open: () => Promise<Snapshots>): void => {
  describe('contract of snapshots', () => {
    let snapshots: Snapshots;
    const bytesAt = async (position: number): Promise<Uint8Array | string> => {
      const loaded = await snapshots.load(position);
      return loaded.outcome === 'loaded' ? loaded.bytes : loaded.why;
    };
    beforeEach(async () => {
      snapshots = await open();
    });

    it('has none at first', async () => {
      expect(await snapshots.kept()).to.deep.equal([]);
      expect((await snapshots.load(7)).outcome).to.equal('unusable');
    });

    it('gives back what it was given, byte for byte', async () => {
      await snapshots.save({ position: 7, bytes });
      await snapshots.save({ position: 8, bytes: new Uint8Array() });
      expect(Buffer.compare(Buffer.from((await bytesAt(7)) as Uint8Array), bytes)).to.equal(0);
      expect(await bytesAt(8)).to.have.length(0);
    });

    it('keeps the newest two, and names them newest first', async () => {
      for (const position of [9, 100, 1_000, 20]) await snapshots.save({ position, bytes: bytes.subarray(0, 10) });
      expect(await snapshots.kept()).to.deep.equal([1_000, 100]);
    });

    it('takes another one of the same place', async () => {
      await snapshots.save({ position: 7, bytes: Uint8Array.of(1) });
      await snapshots.save({ position: 7, bytes: Uint8Array.of(2) });
      expect([...((await bytesAt(7)) as Uint8Array)]).to.deep.equal([2]);
    });

    it('forgets what is older than it is told, and nothing else', async () => {
      for (const position of [10, 20]) await snapshots.save({ position, bytes: Uint8Array.of(position) });
      await snapshots.forgetBefore(10);
      expect(await snapshots.kept()).to.deep.equal([20, 10]);
      await snapshots.forgetBefore(20);
      expect(await snapshots.kept()).to.deep.equal([20]);
      expect((await snapshots.load(10)).outcome).to.equal('unusable');
    });
  });
};
