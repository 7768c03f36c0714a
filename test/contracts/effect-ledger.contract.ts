import { expect } from 'chai';
import { describe, it } from 'mocha';
import { range } from '#test/support/store-harness.js';
import { freshStore, type OpenStore } from './store-under-test.js';

/** What every effect ledger promises. Each adapter's test runs it on a fresh store per case. */
export const effectLedgerContract = (open: OpenStore): void => {
  describe('keeps the effect ledger contract:', () => {
    const given = freshStore(open);

    it('a dialling that has never begun is new, and in doubt from then on', async () => {
      const { effects } = given.store;
      expect(await effects.begin('dial-when-port-is-leased/1')).to.equal('new');
      expect(await effects.begin('dial-when-port-is-leased/1')).to.equal('in-doubt');
    });

    it('a dialling that was completed is done, also for one who asks at once', async () => {
      const { effects } = given.store;
      await effects.begin('dial/1');
      await effects.complete('dial/1');
      expect(await effects.begin('dial/1')).to.equal('done');
      expect(await effects.begin('dial/1')).to.equal('done');
    });

    it('each effect of each event has an entry of its own', async () => {
      const { effects } = given.store;
      await effects.begin('dial/1');
      await effects.complete('dial/1');
      expect(await effects.begin('dial/2')).to.equal('new');
      expect(await effects.begin('bill/1')).to.equal('new');
      expect(await effects.begin('')).to.equal('new');
      expect(await effects.begin('Zoë’s "effect"; DROP TABLE effects')).to.equal('new');
    });

    it('of many who begin the same at the same time, one finds it new', async () => {
      const { effects } = given.store;
      const states = await Promise.all(range(1, 20).map(() => effects.begin('dial/1')));
      expect(states.filter((state) => state === 'new')).to.have.length(1);
      expect(states.filter((state) => state === 'in-doubt')).to.have.length(19);
    });

    it('whoever asks before it is completed does not find it done', async () => {
      const { effects } = given.store;
      const [before, , after] = await Promise.all([
        effects.begin('dial/1'),
        effects.complete('dial/1'),
        effects.begin('dial/1'),
      ]);
      expect([before, after]).to.deep.equal(['new', 'done']);
    });

    it('completing twice, or what was never begun, is done', async () => {
      const { effects } = given.store;
      await effects.complete('dial/1');
      await effects.complete('dial/1');
      expect(await effects.begin('dial/1')).to.equal('done');
    });
  });
};
