import { expect } from 'chai';
import { describe, it } from 'mocha';
import { quarantineNeeded, type Timing } from '#domain/correlation/clues.js';
import { correlate } from '#domain/correlation/correlate.js';
import { instant } from '#domain/kernel/time.js';
import { clickOf, inputOf, now } from './clicks.js';
import { arriving, happen, outgoing, type Plan, type PlannedCall } from './network.js';

const timing: Timing = { maxTransit: 40, clockUncertainty: 5 };
const always = { ports: 1, quarantine: quarantineNeeded(timing), timing };
const call = (more: Partial<PlannedCall>): PlannedCall => ({
  clickedAt: 0,
  releasedAt: 0,
  clockError: 0,
  takenAt: [],
  ...more,
});

/** Ways in which the next call on a port looks like the only one that the first can be. */
const traps: Readonly<Record<string, Plan>> = {
  'put back just as the port of a call is given back': {
    ...always,
    calls: [
      call({ clickedAt: 194, arrivesAt: 239, releasedAt: 240, clockError: 1, takenAt: [359] }),
      call({ clickedAt: 359, releasedAt: 359 }),
    ],
    steps: [{ at: 240, by: -114, noticedAfter: 0 }],
  },
  'put forward while a port rests': {
    ...always,
    calls: [
      call({ clickedAt: 51, releasedAt: 51, arrivesAt: 91, takenAt: [91] }),
      call({ clickedAt: 52, releasedAt: 52 }),
    ],
    steps: [{ at: 52, by: 50, noticedAfter: 0 }],
  },
  'put forward by a little, when the switch is ahead by a little as well': {
    ...always,
    calls: [
      call({ clickedAt: 301, releasedAt: 308, arrivesAt: 348, clockError: 1, takenAt: [354] }),
      call({ clickedAt: 354, releasedAt: 354 }),
    ],
    steps: [{ at: 309, by: 5, noticedAfter: 0 }],
  },
};

describe('a clock that is', () => {
  for (const [what, plan] of Object.entries(traps)) {
    describe(what, () => {
      const decided = (blind: boolean) => happen({ ...plan, blind }).last.get(arriving('call-0'));

      it('would have the call taken for the next one, for certain, if nobody noticed', () => {
        expect(decided(true)?.verdict).to.equal('certain');
        expect(decided(true)?.candidates[0]?.callId).to.equal(outgoing(1));
      });

      it('leaves no more than a guess once it is noticed, and says why', () => {
        expect(decided(false)?.verdict).to.equal('probable');
        expect(decided(false)?.candidates[0]?.why).to.include('the clocks do not agree');
      });
    });
  }
});

describe('a lease in the time of which the clock was stepped', () => {
  const doubted = { timeInDoubt: true } as const;
  const verdictOf = (...clicks: readonly ReturnType<typeof clickOf>[]) =>
    correlate(inputOf([{ kind: 'ani', clicks }])).verdict;

  it('is probable at the most', () => {
    expect(verdictOf(clickOf('a'))).to.equal('certain');
    expect(verdictOf(clickOf('a', doubted))).to.equal('probable');
  });

  it('makes the one that is left over probable at the most, though it is turned down itself', () => {
    const longAgo = { leasedAt: instant(0), releasedAt: instant(now - 60_000) };
    expect(verdictOf(clickOf('a'), clickOf('b', longAgo))).to.equal('certain');
    expect(verdictOf(clickOf('a'), clickOf('b', { ...longAgo, ...doubted }))).to.equal('probable');
  });
});
