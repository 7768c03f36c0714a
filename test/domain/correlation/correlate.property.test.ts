import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { quarantineNeeded, type Timing } from '#domain/correlation/clues.js';
import {
  arriving,
  dialled,
  happen,
  noticedAbove,
  outgoing,
  trunk,
  waysToStamp,
  type Plan,
  type PlannedCall,
  type Told,
} from './network.js';

const timing: Timing = { maxTransit: 40, clockUncertainty: 5 };
const enough = quarantineNeeded(timing);

type Network = Readonly<{
  isLost: fc.Arbitrary<boolean>;
  delays: fc.Arbitrary<readonly number[]>;
  /** By how much the clocks of switches are wrong at the most. */
  clockError: number;
}>;

/** Nothing is lost, and every report is taken at once. */
const perfect: Network = { isLost: fc.constant(false), delays: fc.constant([0]), clockError: timing.clockUncertainty };
/** Every report is taken at once, and once more when all is over. */
const repetitive: Network = { ...perfect, delays: fc.constant([0, 900]) };
const imperfect: Network = {
  ...perfect,
  isLost: fc.nat(5).map((chance) => chance === 0),
  delays: fc.array(fc.nat(300), { minLength: 1, maxLength: 3 }),
};

/** Our own clock is wrong by what is not noticed; only the rest of the uncertainty is left to the switches. */
const unsteady: Network = { ...imperfect, clockError: timing.clockUncertainty - noticedAbove };

const call = ({ clockError: wrongBy, ...network }: Network): fc.Arbitrary<PlannedCall> =>
  fc
    .record({
      clickedAt: fc.nat(400),
      hold: fc.nat(80),
      dialledAfter: fc.nat(80),
      transit: fc.oneof(fc.nat(timing.maxTransit), fc.constant(timing.maxTransit)),
      clockError: fc.integer({ min: -wrongBy, max: wrongBy }),
      ...network,
    })
    .map(({ clickedAt, hold, dialledAfter, transit, isLost, clockError, delays }) => {
      // A call is dialled while its port is leased.
      const arrivesAt = clickedAt + Math.min(hold, dialledAfter) + transit;
      const arrives = isLost ? {} : { arrivesAt };
      const takenAt = isLost ? [] : delays.map((delay) => arrivesAt + delay);
      return { clickedAt, releasedAt: clickedAt + hold, clockError, takenAt, ...arrives };
    });

const plan = (network: Network, quarantines: readonly number[]): fc.Arbitrary<Plan> =>
  fc.record({
    ports: fc.constantFrom(1, 2),
    quarantine: fc.constantFrom(...quarantines),
    timing: fc.constant(timing),
    calls: fc.array(call(network), { minLength: 1, maxLength: 4 }),
    releaseFirst: fc.boolean(),
  });

const steps = fc.array(
  fc.record({
    at: fc.nat(500),
    by: fc.oneof(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -900, max: 900 })),
    noticedAfter: fc.nat(timing.clockUncertainty),
  }),
  { maxLength: 3 },
);

const neverWrong = (told: readonly Told[]): void => {
  for (const { decision, truth } of told) {
    if (decision.verdict === 'certain') expect(decision.candidates[0]?.callId).to.equal(truth);
    if (decision.verdict === 'certain' || decision.verdict === 'probable') {
      expect(decision.candidates).to.have.length(1);
    }
    if (decision.verdict === 'ambiguous') expect(decision.candidates).to.not.have.length(0);
  }
};

/** At no moment are two calls certain of one click. */
const oneCallForEachClick = (told: readonly Told[]): void => {
  const certain = new Map<string, string>();
  for (const { arriving: arrived, decision } of told) {
    certain.delete(arrived);
    const [candidate] = decision.candidates;
    if (decision.verdict !== 'certain' || !candidate) continue;
    expect([...certain.values()]).to.not.include(candidate.callId);
    certain.set(arrived, candidate.callId);
  }
};

/** How often each verdict was told, so that a property that nothing fell under is seen. */
const tally = () => {
  const counts = { certain: 0, probable: 0, ambiguous: 0, none: 0 };
  const count = (told: readonly Told[]): void => {
    for (const { decision } of told) counts[decision.verdict] += 1;
  };
  return { counts, count };
};

describe('up to four calls on two ports', () => {
  it('are never taken for each other, whatever is late, lost, told twice or too short', () => {
    const { counts, count } = tally();
    fc.assert(
      fc.property(plan(imperfect, [enough, 20, 0]), (happening) => {
        const { told } = happen(happening);
        neverWrong(told);
        count(told);
      }),
      { numRuns: 10_000 },
    );
    for (const verdict of ['certain', 'probable', 'ambiguous'] as const) expect(counts[verdict]).to.be.above(100);
  }).timeout(60_000);

  it('are never taken for each other when the clock is put back or forward, as often and as far as one likes', () => {
    const { counts, count } = tally();
    fc.assert(
      fc.property(plan(unsteady, [enough]), steps, fc.constantFrom(...waysToStamp), (happening, stepped, stamps) => {
        const { told } = happen({ ...happening, steps: stepped, stamps });
        neverWrong(told);
        count(told);
      }),
      { numRuns: 10_000 },
    );
    for (const verdict of ['certain', 'probable', 'none'] as const) expect(counts[verdict]).to.be.above(100);
  }).timeout(60_000);

  it('are each told for certain when the ports rest long enough and nothing is lost', () => {
    let certain = 0;
    fc.assert(
      fc.property(plan(repetitive, [enough, 2 * enough]), (happening) => {
        const { told } = happen(happening);
        for (const { decision, truth } of told) {
          expect([decision.verdict, decision.candidates[0]?.callId]).to.deep.equal(['certain', truth]);
        }
        certain += told.length;
      }),
      { numRuns: 6_000 },
    );
    expect(certain).to.be.above(6_000);
  }).timeout(60_000);
});

const spoof = (trunks: readonly string[], called: readonly string[]) =>
  fc.record({
    at: fc.nat(500),
    port: fc.constantFrom(1, 2),
    trunk: fc.constantFrom(...trunks),
    called: fc.constantFrom(...called),
  });

describe('somebody who calls with the number of a port', () => {
  it('on another trunk, or for another number, is nobody, and does not disturb who is somebody', () => {
    const wrong = fc.oneof(spoof(['tg-street'], [dialled, '+2975820001']), spoof([trunk], ['+2975820001']));
    fc.assert(
      fc.property(plan(perfect, [enough]), fc.array(wrong, { minLength: 1, maxLength: 3 }), (happening, spoofs) => {
        const { told } = happen({ ...happening, spoofs });
        for (const { decision, truth } of told) {
          expect(decision.verdict).to.equal(truth === undefined ? 'none' : 'certain');
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is nobody when the port is not leased, or has been given back for too long', () => {
    const clicks = [{ clickedAt: 100, releasedAt: 150, arrivesAt: 120, takenAt: [120], clockError: 0 }];
    const at = fc.oneof(fc.nat(99 - timing.clockUncertainty), fc.integer({ min: 196, max: 900 }));
    fc.assert(
      fc.property(at, (time) => {
        const spoofs = [{ at: time, port: 1, trunk, called: dialled }];
        const { last } = happen({ ports: 1, quarantine: enough, timing, calls: clicks, spoofs });
        expect(last.get(arriving('spoof-0'))?.verdict).to.equal('none');
        expect(last.get(arriving('call-0'))?.verdict).to.equal('certain');
      }),
    );
  });

  it('where nothing tells the two apart leaves both ambiguous, whichever came first', () => {
    let contested = 0;
    fc.assert(
      fc.property(plan(repetitive, [enough]), spoof([trunk], [dialled]), (happening, forged) => {
        const { told, last } = happen({ ...happening, spoofs: [forged] });
        oneCallForEachClick(told);
        const forgery = last.get(arriving('spoof-0'));
        const victim = happening.calls.findIndex((_call, index) => forgery?.candidates[0]?.callId === outgoing(index));
        const genuine = last.get(arriving(`call-${victim}`));
        if (genuine && forgery?.verdict !== 'none') {
          contested += 1;
          expect([forgery?.verdict, genuine.verdict]).to.deep.equal(['ambiguous', 'ambiguous']);
        }
      }),
      { numRuns: 4_000 },
    );
    expect(contested, 'some were contested').to.be.above(100);
  }).timeout(60_000);
});
