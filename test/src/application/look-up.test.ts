import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { SessionKey } from '#domain/contracts/back-office.js';
import { palmPier, startTrunkline, type Click, type TestTrunkline } from '#test/support/trunkline.js';

describe('a merchant’s server that asks for clicks', () => {
  let trunkline: TestTrunkline;
  const icon = (link: string, customer: string) => ({
    link: `link-palm-pier.${link}`,
    customer,
    session: `visit-${customer}`,
  });
  const end = async ({ sessionId }: Click): Promise<void> => {
    await trunkline.customerDesk.request(sessionId, { type: 'hang-up' });
    await trunkline.until('it is over', () => trunkline.window(sessionId).state === 'ended');
    await trunkline.pass(500);
  };
  const found = (by: SessionKey['by'], value: string): readonly string[] => {
    const answer = trunkline.backOffice.lookUp(palmPier, { by, value });
    return answer.outcome === 'found' ? answer.sessions.map(({ sessionId }) => sessionId) : [];
  };

  beforeEach(async () => {
    trunkline = await startTrunkline();
  });
  afterEach(() => trunkline.stop());

  it('finds those of one icon, of one customer and of one visit, and no others', async () => {
    const rosa = await trunkline.click(icon('shoes', 'rosa'));
    const tom = await trunkline.click(icon('shoes', 'tom'));
    const eve = await trunkline.click(icon('returns', 'eve'));
    await trunkline.pass(50);
    expect(found('icon', 'shoes')).to.deep.equal([rosa.sessionId, tom.sessionId]);
    expect(found('icon', 'link-palm-pier.returns')).to.deep.equal([eve.sessionId]);
    expect(found('customer', 'tom')).to.deep.equal([tom.sessionId]);
    expect(found('session', 'visit-eve')).to.deep.equal([eve.sessionId]);
  });

  it('is told when there are several', async () => {
    await trunkline.click(icon('shoes', 'rosa'));
    await trunkline.pass(50);
    expect(trunkline.backOffice.lookUp(palmPier, { by: 'customer', value: 'rosa' })).to.include({ verdict: 'certain' });
    await trunkline.click(icon('returns', 'rosa'));
    await trunkline.pass(50);
    expect(trunkline.backOffice.lookUp(palmPier, { by: 'customer', value: 'rosa' })).to.include({
      verdict: 'ambiguous',
    });
  });

  it('no longer finds those that are over', async () => {
    const rosa = await trunkline.click(icon('shoes', 'rosa'));
    const tom = await trunkline.click(icon('shoes', 'tom'));
    await end(rosa);
    expect(found('icon', 'shoes')).to.deep.equal([tom.sessionId]);
    expect(found('customer', 'rosa')).to.deep.equal([]);
    expect(found('session', 'visit-rosa')).to.deep.equal([]);
    await end(tom);
    const { sessions, keysOf } = trunkline.views.folds.aniIndex.openSessions;
    expect([sessions.size, keysOf.size], 'nothing is left behind').to.deep.equal([0, 0]);
  });

  it('finds nothing by what can be no icon', async () => {
    await trunkline.click(icon('shoes', 'rosa'));
    for (const value of ['', 'no icon', '../shoes', 'link-other.shoes', 'x'.repeat(300)]) {
      expect(found('icon', value), value).to.deep.equal([]);
    }
  });
});
