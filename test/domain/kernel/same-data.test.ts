import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { sameData } from '#domain/kernel/same-data.js';

describe('the same configuration', () => {
  it('is the same when it was read back from JSON, in whatever order its fields come', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(sameData(value, JSON.parse(JSON.stringify(value), reversed))).to.be.true;
      }),
    );
  });

  it('is the same with a field left out as with a field that says nothing', () => {
    expect(sameData({ a: 1, b: undefined }, { a: 1 })).to.be.true;
    expect(sameData({ a: 1 }, { a: 1, b: undefined, c: undefined })).to.be.true;
  });

  const different: readonly (readonly [unknown, unknown])[] = [
    [1, '1'],
    [null, {}],
    [{}, null],
    [null, undefined],
    [[], {}],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, 2]],
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { b: 1 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: undefined }, { b: null }],
    [{ a: { b: [1, { c: 2 }] } }, { a: { b: [1, { c: 3 }] } }],
    [['x'], { 0: 'x' }],
  ];
  for (const [one, other] of different) {
    it(`is not ${JSON.stringify(one)} and ${JSON.stringify(other)}`, () => {
      expect([sameData(one, other), sameData(other, one)]).to.deep.equal([false, false]);
    });
  }
});

function reversed(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).reverse());
}
