import { expect } from 'chai';
import { describe, it } from 'mocha';
import { range } from '#test/support/store-harness.js';
import { freshStore, type OpenStore } from './store-under-test.js';

/** What every store of checkpoints promises. Each adapter's test runs it on a fresh store per case. */
export const checkpointsContract = (open: OpenStore): void => {
  describe('keeps the checkpoints contract:', () => {
    const given = freshStore(open);

    it('a new consumer begins at the beginning', async () => {
      expect(await given.store.checkpoints.load('call-journeys')).to.equal(0);
    });

    it('each consumer goes on where it was', async () => {
      const { checkpoints } = given.store;
      await checkpoints.save('call-journeys', 12);
      await checkpoints.save('webhook/acme "é"', 7);
      await checkpoints.save('call-journeys', 40);
      expect(await checkpoints.load('call-journeys')).to.equal(40);
      expect(await checkpoints.load('webhook/acme "é"')).to.equal(7);
    });

    it('a consumer that is built anew goes back', async () => {
      const { checkpoints } = given.store;
      await checkpoints.save('call-journeys', 12);
      await checkpoints.save('call-journeys', 0);
      expect(await checkpoints.load('call-journeys')).to.equal(0);
    });

    it('of many saved at once the last one counts', async () => {
      const { checkpoints } = given.store;
      await Promise.all(range(1, 50).map((position) => checkpoints.save('call-journeys', position)));
      expect(await checkpoints.load('call-journeys')).to.equal(50);
    });
  });
};
