import { expect } from 'chai';
import { describe, it } from 'mocha';
import { iconSessionId, merchantId } from '#domain/kernel/ids.js';
import { customerKey, fileUnder, noOpenSessions, unfile, visitKey } from '#projections/ani-index/open-sessions.js';

const acme = merchantId('acme');
const [first, second] = [iconSessionId(acme, '1'), iconSessionId(acme, '2')];
const [rosa, rosita] = [customerKey(acme, 'rosa'), customerKey(acme, 'rosita')];

describe('the file of open sessions', () => {
  it('has a session under one customer only: the one it was said to be last', () => {
    const open = noOpenSessions();
    fileUnder(open, first, visitKey(acme, 'v'));
    fileUnder(open, first, rosa);
    fileUnder(open, second, rosa);
    fileUnder(open, first, rosita);
    expect([...(open.sessions.get(rosa) ?? [])]).to.deep.equal([second]);
    expect([...(open.sessions.get(rosita) ?? [])]).to.deep.equal([first]);
    expect([...(open.sessions.get(visitKey(acme, 'v')) ?? [])]).to.deep.equal([first]);
  });

  it('has a session once, however often it is said to be a customer’s', () => {
    const open = noOpenSessions();
    fileUnder(open, first, rosa);
    fileUnder(open, first, rosa);
    expect(open.keysOf.get(first)).to.deep.equal([rosa]);
    unfile(open, first);
    expect([open.sessions.size, open.keysOf.size]).to.deep.equal([0, 0]);
  });

  it('tells merchants apart, and a customer from a visit', () => {
    const keys = [rosa, customerKey(merchantId('globex'), 'rosa'), visitKey(acme, 'rosa')];
    expect(new Set(keys).size).to.equal(3);
  });
});
