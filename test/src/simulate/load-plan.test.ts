import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { CallMix } from '#src/simulate/call-mix.js';
import { codeOf, customerRefs, loadPlan } from '#src/simulate/load-plan.js';
import { callsOf } from '#src/simulate/planned-calls.js';

const mix: CallMix = {
  seed: 1,
  callsPerSecond: 10,
  duration: 2_000,
  arrivals: 'even',
  transferred: 0.3,
  conferenced: 0.1,
  abandoned: 0,
  held: 0,
  keyed: 1,
  codes: ['*76', '*77'],
  endedByCustomer: 0.5,
  dataUpdates: 1,
  talk: { kind: 'fixed', length: 1_000 },
  ringing: { from: 1, to: 2 },
  patience: { from: 1, to: 2 },
  wrapUp: { from: 1, to: 2 },
  dispositions: ['sale'],
};

describe('the plan of a load', () => {
  it('has each call by its number, in whatever order they are asked for', () => {
    const plan = loadPlan(mix);
    const calls = [...callsOf(mix)];
    for (const index of [7, 0, 19, 7, 3]) expect(plan.call(index)).to.deep.equal(calls[index]);
  });

  it('has no more calls than the load, and none that was forgotten', () => {
    const plan = loadPlan(mix);
    expect(plan.call(20)).to.equal(undefined);
    expect(plan.call(19)?.index).to.equal(19);
    plan.forget(19);
    expect(plan.call(19)).to.equal(undefined);
  });

  it('knows which code is keyed in a call, if one is', () => {
    expect(codeOf(loadPlan(mix).call(1))).to.equal('*77');
    expect(codeOf(loadPlan({ ...mix, keyed: 0 }).call(1))).to.equal(undefined);
    expect(codeOf(undefined)).to.equal(undefined);
  });
});

describe('a customer of a load', () => {
  const { refOf, callOf } = customerRefs('4f2a');

  it('is known by a reference that leads back to the call', () => {
    expect(callOf(refOf(41))).to.equal(41);
  });

  for (const stranger of [undefined, '', 'C-1042', 'load-4f2b-41', 'load-4f2a-', 'load-4f2a-4x', 'load-4f2a-4-1']) {
    it(`is not taken for somebody called ${stranger}`, () => {
      expect(callOf(stranger)).to.equal(undefined);
    });
  }
});
