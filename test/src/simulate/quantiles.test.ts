import { expect } from 'chai';
import { describe, it } from 'mocha';
import { quantilesOf } from '#src/simulate/quantiles.js';

describe('quantiles of waiting times', () => {
  it('are values that were measured, whatever their order', () => {
    const values = Array.from({ length: 200 }, (_none, index) => 200 - index);
    expect(quantilesOf(values)).to.deep.equal({ p50: 100, p99: 198 });
    expect(quantilesOf([7])).to.deep.equal({ p50: 7, p99: 7 });
  });

  it('are none of nothing', () => {
    expect(quantilesOf([])).to.deep.equal({});
  });
});
