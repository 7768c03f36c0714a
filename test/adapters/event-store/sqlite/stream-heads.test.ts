import { expect } from 'chai';
import { describe, it } from 'mocha';
import { chainBeginning } from '#adapters/event-store/sqlite/hash-chain.js';
import { streamHeads, type StreamHead } from '#adapters/event-store/sqlite/stream-heads.js';
import { range } from '#test/support/store-harness.js';

const head = (id: number): StreamHead => ({
  name: `call-acme.${id}`,
  id,
  revision: 0,
  kinds: new Map(),
  chain: { tenant: 'acme', head: chainBeginning, position: 0 },
});

describe('the heads that the writer remembers', () => {
  it('are those of the streams last written to, not of all that there ever were', () => {
    const heads = streamHeads(100);
    const known = (id: number): boolean => heads.get(`call-acme.${id}`) !== undefined;
    for (const id of range(1, 1000)) {
      heads.set(head(id));
      expect(known(1), 'a call that goes on').to.equal(true);
    }
    expect(range(1, 1000).filter(known).length).to.be.within(50, 100);
    expect(known(1000)).to.equal(true);
    expect(known(2)).to.equal(false);
  });

  it('are moved where they are', () => {
    const heads = streamHeads(4);
    heads.set(head(1));
    const first = heads.get('call-acme.1');
    if (first) first.revision += 1;
    heads.set(head(2));
    heads.set(head(3));
    expect(heads.get('call-acme.1')?.revision).to.equal(1);
  });

  it('are forgotten when they may be wrong', () => {
    const heads = streamHeads(2);
    for (const id of range(1, 3)) heads.set(head(id));
    heads.forget();
    expect(range(1, 3).map((id) => heads.get(`call-acme.${id}`))).to.deep.equal([undefined, undefined, undefined]);
  });
});
