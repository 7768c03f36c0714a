import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readMix } from '#src/simulate/mix-option.js';

describe('a mix of calls, as it is typed', () => {
  it('changes what it names and nothing else', () => {
    expect(readMix('transferred=0.3, conferenced=0.1,updates=5,abandoned=0.05')).to.deep.equal({
      changes: { transferred: 0.3, conferenced: 0.1, dataUpdates: 5, abandoned: 0.05 },
      faults: [],
    });
    expect(readMix('')).to.deep.equal({ changes: {}, faults: [] });
  });

  it('says who ends calls, how long they talk, and how customers come', () => {
    expect(readMix('customer-ends=1,held=0,keyed=1,signed=0.5,talk=2.5,arrivals=even').changes).to.deep.equal({
      endedByCustomer: 1,
      held: 0,
      keyed: 1,
      signed: 0.5,
      talk: { kind: 'lognormal', median: 2_500, sigma: 0.6, longest: 7_500 },
      arrivals: 'even',
    });
  });

  for (const [spec, fault] of [
    ['transfered=0.3', 'there is no “transfered”; there are transferred, conferenced'],
    ['__proto__=1', 'there is no “__proto__”'],
    ['updates=many', 'updates cannot be “many”'],
    ['held=-1', 'held cannot be “-1”'],
    ['held=0.1=0.2', 'held cannot be “0.1=0.2”'],
    ['held', 'held cannot be “”'],
    ['arrivals=sometimes', 'arrivals cannot be “sometimes”'],
  ] as const) {
    it(`is not understood when it is “${spec}”`, () => {
      const { faults } = readMix(`${spec},updates=1`);
      expect(faults).to.have.length(1);
      expect(faults[0]).to.include(fault);
    });
  }
});
