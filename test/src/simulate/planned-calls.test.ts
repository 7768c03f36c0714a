import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { CallMix, Fate } from '#src/simulate/call-mix.js';
import { moments, type PlannedAction } from '#src/simulate/planned-actions.js';
import { callsOf, type PlannedCall } from '#src/simulate/planned-calls.js';

/** The load of the pop benchmark. */
const busyMinute: CallMix = {
  seed: 1,
  callsPerSecond: 100,
  duration: 60_000,
  arrivals: 'poisson',
  transferred: 0.3,
  conferenced: 0.1,
  abandoned: 0.05,
  held: 0.2,
  keyed: 0.5,
  codes: ['*76', '*77'],
  endedByCustomer: 0.5,
  dataUpdates: 5,
  talk: { kind: 'lognormal', median: 2_000, sigma: 0.6, longest: 8_000 },
  ringing: { from: 200, to: 1_500 },
  patience: { from: 3_000, to: 9_000 },
  wrapUp: { from: 100, to: 500 },
  dispositions: ['sale', 'complaint'],
};

const plan = (changes: Partial<CallMix> = {}): readonly PlannedCall[] => [...callsOf({ ...busyMinute, ...changes })];
const shareOf = (calls: readonly PlannedCall[], fate: Fate): number =>
  calls.filter((call) => call.fate === fate).length / calls.length;
const deeds = ({ actions }: PlannedCall): readonly string[] => actions.map((action) => `${action.by} ${action.do}`);
const all = (calls: readonly PlannedCall[], done: PlannedAction['do']): readonly PlannedAction[] =>
  calls.flatMap(({ actions }) => actions.filter((action) => action.do === done));

describe('a load of calls', () => {
  it('is the same twice, and another with another seed', () => {
    expect(plan()).to.deep.equal(plan());
    expect(plan({ seed: 2 })).to.not.deep.equal(plan());
  });

  it('has as many customers as it should, who come in order while it lasts', () => {
    for (const arrivals of ['even', 'poisson'] as const) {
      const times = plan({ arrivals }).map(({ clickAt }) => clickAt);
      expect(times.length).to.be.closeTo(6_000, 300);
      expect(times).to.deep.equal(times.toSorted((one, other) => one - other));
      expect(times.at(-1)).to.be.below(60_001);
    }
  });

  it('spaces them evenly when told to, and otherwise as strangers come', () => {
    expect(plan({ arrivals: 'even', callsPerSecond: 4, duration: 1_000 }).map(({ clickAt }) => clickAt)).to.deep.equal([
      0, 250, 500, 750,
    ]);
    const times = plan().map(({ clickAt }) => clickAt);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
    expect(deviation / mean, 'as for a Poisson process').to.be.closeTo(1, 0.08);
  });

  it('has the shares that it should, in a short run too', () => {
    for (const duration of [60_000, 1_000]) {
      const calls = plan({ duration, arrivals: 'even' });
      expect(shareOf(calls, 'transferred')).to.be.closeTo(0.3, 0.015);
      expect(shareOf(calls, 'conferenced')).to.be.closeTo(0.1, 0.015);
      expect(shareOf(calls, 'abandoned')).to.be.closeTo(0.05, 0.015);
    }
  });

  it('holds, keys and is ended by customers as often as it should', () => {
    const calls = plan({ abandoned: 0 });
    expect(all(calls, 'hold').length / calls.length).to.be.closeTo(0.2, 0.03);
    expect(all(calls, 'key-digits').length / calls.length).to.be.closeTo(0.5, 0.03);
    const endings = all(calls, 'hang-up').filter(({ after, by }) => by === 'customer' && after > 0);
    expect(endings.length / calls.length).to.be.closeTo(0.5, 0.03);
  });

  it('keys every code in its turn', () => {
    const keyed = new Set(all(plan(), 'key-digits').map((action) => 'digits' in action && action.digits));
    expect(keyed).to.deep.equal(new Set(['*76', '*77']));
  });

  it('talks as long as it is set to', () => {
    const talked = (changes: Partial<CallMix>): readonly number[] =>
      plan({ transferred: 0, conferenced: 0, abandoned: 0, ...changes }).flatMap(({ actions }) =>
        actions.flatMap((action) => (action.do === 'hang-up' ? [action.after] : [])),
      );
    const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
    const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

    expect(new Set(talked({ talk: { kind: 'fixed', length: 750 } }))).to.deep.equal(new Set([750]));
    expect(mean(talked({ talk: { kind: 'exponential', mean: 2_000 } }))).to.be.closeTo(2_000, 150);
    const lognormal = talked({ talk: { kind: 'lognormal', median: 2_000, sigma: 0.6 } });
    expect(median(lognormal)).to.be.closeTo(2_000, 120);
    expect(mean(lognormal)).to.be.closeTo(2_000 * Math.exp(0.18), 150);
    expect(Math.max(...talked({}))).to.equal(8_000);
  });

  it('is refused when it contradicts itself, with every reason', () => {
    const nonsense: Partial<CallMix> = {
      transferred: 1.1,
      callsPerSecond: 0,
      duration: -1,
      dataUpdates: 1.5,
      codes: [],
      ringing: { from: 5, to: 4 },
      dispositions: [],
    };
    expect(() => plan(nonsense)).to.throw(
      RangeError,
      'call mix: transferred is a share, 0 to 1; ringing begins at 0 or later and does not end before it begins; ' +
        'callsPerSecond is more than 0; duration is 0 or more; dataUpdates is a whole number, 0 or more; ' +
        'the fates are more than all calls; codes are keyed, but there are none; ' +
        'calls end with a disposition, but there are none',
    );
  });

  for (const fates of [
    { transferred: 0.6, conferenced: 0.5, abandoned: 0 },
    { transferred: 0.6, conferenced: 0, abandoned: 0.5 },
    { transferred: 0.1, conferenced: 0.9, abandoned: 0.1 },
  ]) {
    it(`is refused when its fates are more than all calls: ${Object.values(fates).join(' + ')}`, () => {
      expect(() => plan(fates)).to.throw(RangeError, 'the fates are more than all calls');
    });
  }

  it('needs no codes when none are keyed, may take the same time always, and may be over at once', () => {
    const always = { from: 5, to: 5 };
    const calls = plan({ keyed: 0, codes: [], ringing: always, patience: always, wrapUp: always, duration: 1_000 });
    expect(new Set(all(calls, 'answer').map(({ after }) => after))).to.deep.equal(new Set([5]));
    expect(plan({ duration: 0 })).to.deep.equal([]);
  });

  it('may be all of one kind', () => {
    expect(shareOf(plan({ transferred: 0.7, conferenced: 0.2, abandoned: 0.1 }), 'plain')).to.equal(0);
    expect(shareOf(plan({ transferred: 0, conferenced: 0, abandoned: 0 }), 'plain')).to.equal(1);
  });
});

describe('what is done in one call of a load', () => {
  const of = (fate: Fate): PlannedCall =>
    plan({ held: 1, keyed: 1, endedByCustomer: 0, dataUpdates: 3 }).find((call) => call.fate === fate) ??
    expect.fail(`no call is ${fate}`);

  it('is nothing but waiting when the customer gives up', () => {
    expect(deeds(of('abandoned'))).to.deep.equal(['customer hang-up']);
  });

  it('is one agent’s work when the call is plain', () => {
    expect(deeds(of('plain'))).to.deep.equal([
      'first-agent answer',
      'first-agent key-digits',
      'first-agent change-data',
      'first-agent hold',
      'first-agent change-data',
      'first-agent retrieve',
      'first-agent change-data',
      'first-agent hang-up',
      'first-agent wrap-up',
    ]);
  });

  it('goes from hand to hand when it is transferred', () => {
    const { actions } = of('transferred');
    const talk = actions.filter((action) => action.since !== 'delivered' && action.since !== 'left');
    expect(talk.map((action) => `${action.by} ${action.do}`)).to.deep.equal([
      'first-agent key-digits',
      'first-agent change-data',
      'first-agent hold',
      'first-agent change-data',
      'first-agent retrieve',
      'first-agent transfer',
      'second-agent change-data',
      'second-agent hang-up',
    ]);
  });

  it('has the first agent leave a conference before the second ends it', () => {
    const endings = of('conferenced').actions.filter((action) => action.do === 'hang-up');
    expect(endings.map(({ by, since }) => `${by} ${since}`)).to.deep.equal([
      'first-agent joined',
      'second-agent joined',
    ]);
    expect(endings[0]?.after).to.be.at.most(endings[1]?.after ?? -1);
  });

  it('spreads the changes of data evenly, each with its own name', () => {
    const talk = { kind: 'fixed', length: 1_000 } as const;
    const [call] = plan({ talk, dataUpdates: 4, transferred: 0, conferenced: 0, abandoned: 0 });
    const changes = call?.actions.flatMap((one) =>
      one.do === 'change-data' ? [`${one.key}=${one.value} ${one.after}`] : [],
    );
    expect(changes).to.deep.equal([
      'note-1=first-agent 1 200',
      'note-2=first-agent 2 400',
      'note-3=first-agent 3 600',
      'note-4=first-agent 4 800',
    ]);
  });

  for (const [fate, hand] of [
    ['transferred', 'transfer'],
    ['conferenced', 'conference'],
  ] as const) {
    it(`shares talk and changes of data between the agents of a ${hand}`, () => {
      const talk = { kind: 'fixed', length: 1_000 } as const;
      const none = { transferred: 0, conferenced: 0, abandoned: 0, endedByCustomer: 0 };
      const [call] = plan({ ...none, talk, dataUpdates: 5, [fate]: 1 });
      const actions = call?.actions ?? [];
      const handedAt = actions.find((action) => action.do === hand)?.after ?? NaN;
      const endedAt = actions.findLast((action) => action.do === 'hang-up')?.after ?? NaN;
      expect(handedAt).to.be.within(300, 700);
      expect(handedAt + endedAt).to.equal(1_000);
      const changes = actions.flatMap((one) => (one.do === 'change-data' ? [one] : []));
      expect(changes.map(({ key }) => key)).to.deep.equal(['note-1', 'note-2', 'note-3', 'note-4', 'note-5']);
      expect(changes.map(({ after }) => after)).to.deep.equal([
        ...[1, 2, 3].map((nth) => Math.round((handedAt * nth) / 4)),
        ...[1, 2].map((nth) => Math.round(endedAt * (nth / 3))),
      ]);
    });
  }

  it('never depends on the other calls', () => {
    const [long, short] = [plan({ arrivals: 'even' }), plan({ arrivals: 'even', duration: 10_000 })];
    expect(long.slice(0, short.length)).to.deep.equal(short);
  });

  it('is in order, complete, and nothing is done on a call on hold but waiting and writing', () => {
    const range = fc.tuple(fc.nat(2_000), fc.nat(2_000)).map(([from, more]) => ({ from, to: from + more }));
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const mixes = fc.record({
      seed: fc.integer(),
      held: share,
      keyed: share,
      endedByCustomer: share,
      dataUpdates: fc.nat(9),
      ringing: range,
      patience: range,
      wrapUp: range,
    });
    fc.assert(
      fc.property(mixes, (changes) => {
        for (const call of plan({ ...changes, duration: 500 })) {
          const order = call.actions.map(({ since, after }) => moments.indexOf(since) * 1e9 + after);
          expect(order).to.deep.equal(order.toSorted((one, other) => one - other));
          expect(all([call], 'change-data')).to.have.length(call.fate === 'abandoned' ? 0 : changes.dataUpdates);
          const agents = { abandoned: 0, plain: 1, transferred: 2, conferenced: 2 }[call.fate];
          expect(all([call], 'answer')).to.have.length(agents);
          expect(all([call], 'wrap-up')).to.have.length(agents);
          const voice = call.actions.filter(({ since, do: done }) => since === 'established' && done !== 'change-data');
          const held = voice.findIndex((action) => action.do === 'hold');
          if (held >= 0) expect(voice[held + 1]?.do).to.equal('retrieve');
        }
      }),
      { numRuns: 60 },
    );
  });
});
