import { expect } from 'chai';
import { describe, it } from 'mocha';
import { recent } from '#adapters/telephony/simulated/recent.js';

describe('what is remembered of calls that are over', () => {
  it('is the latest so many, a call that came up again being late again', () => {
    const calls = recent<string, number>(2);
    calls.put('first', 1);
    calls.put('second', 2);
    calls.put('first', 3);
    calls.put('third', 4);
    expect(['first', 'second', 'third'].map((call) => calls.get(call))).to.deep.equal([3, undefined, 4]);
    expect(calls.has('second')).to.be.false;
  });
});
