import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { acme, anna, boris, globex, serveEdge, type ServedEdge } from '#test/support/served-edge.js';

describe('an administrator who erases somebody', () => {
  let edge: ServedEdge;
  let token: string;
  beforeEach(async () => {
    edge = await serveEdge();
    ({ token } = await edge.signedIn(anna));
    edge.desks.erasures.know(acme, 'contact-acme.mary', 'contact-acme.mary');
    edge.desks.erasures.know(acme, 'C-1', 'contact-acme.mary', 'contact-acme.john');
    edge.desks.erasures.know(globex, 'contact-globex.mary', 'contact-globex.mary');
  });
  afterEach(() => edge.close());
  const erase = (json: object, merchant = 'acme', as = token) =>
    edge.ask(`/v1/merchants/${merchant}/erasures`, { method: 'POST', token: as, json });

  it('gets the receipt, and finds it again', async () => {
    const { status, json } = await erase({ subject: 'contact-acme.mary' });
    expect(status).to.equal(200);
    expect(json).to.deep.include({ subjects: ['contact-acme.mary'], completed: true });
    expect(json).to.have.nested.property('receipts[0].subject', 'contact-acme.mary');
    expect(edge.desks.erasures.asked).to.deep.equal([
      { merchantId: acme, target: { subject: 'contact-acme.mary' }, actor: `agent:${anna}` },
    ]);
    const again = await edge.ask('/v1/merchants/acme/erasures/e-1', { token });
    expect(again.json).to.deep.equal(json);
    expect((await edge.ask('/v1/merchants/acme/erasures/e-2', { token })).status).to.equal(404);
  });

  it('may name a customer as the merchant does', async () => {
    const { json } = await erase({ customerRef: 'C-1' });
    expect(json).to.have.property('subjects').that.has.length(2);
  });

  it('is told that it goes on when it takes its time', async () => {
    const erasure = { erasureId: 'erasure-acme.slow' as never, subjects: [], receipts: [], completed: false };
    edge.desks.erasures.answerWith({ outcome: 'accepted', erasure });
    expect((await erase({ subject: 'contact-acme.mary' })).status).to.equal(202);
  });

  it('is told why nobody is erased', async () => {
    expect((await erase({ subject: 'contact-acme.nobody' })).status).to.equal(404);
    edge.desks.erasures.answerWith({ outcome: 'rejected', reason: 'subject-in-use' });
    const { status, json } = await erase({ subject: 'contact-acme.mary' });
    expect([status, (json as { code: string }).code]).to.deep.equal([409, 'subject-in-use']);
  });

  it('must say whom, in one of the two ways', async () => {
    for (const said of [{}, { subject: 'mary' }, { subject: 'session-acme.1' }, { customerRef: '' }, { who: 'mary' }]) {
      expect((await erase(said)).status, JSON.stringify(said)).to.equal(400);
    }
    expect(edge.desks.erasures.asked).to.deep.equal([]);
  });

  it('erases nobody of another merchant, and nobody who is no administrator erases anybody', async () => {
    expect((await erase({ subject: 'contact-globex.mary' }, 'globex')).status).to.equal(404);
    const { token: agents } = await edge.signedIn(boris);
    expect((await erase({ subject: 'contact-acme.mary' }, 'acme', agents)).status).to.equal(403);
    expect(edge.desks.erasures.asked).to.deep.equal([]);
  });
});
