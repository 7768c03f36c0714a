import { expect } from 'chai';
import { describe, it } from 'mocha';
import { quarantineNeeded, type Timing } from '#domain/correlation/clues.js';
import { happen, type Plan, type PlannedCall, type Told } from './network.js';

const timing: Timing = { maxTransit: 4, clockUncertainty: 1 };
const enough = quarantineNeeded(timing);

/** How one call may go, in relation to its click. */
type Shape = Readonly<{ hold: number; arrives?: number; clockError: number; delay: number }>;
type Choices = Readonly<{
  holds: readonly number[];
  /** After the click, or after the call was given up: as late as the network can. */
  arrivals: readonly (number | 'latest')[];
  clockErrors: readonly number[];
  delays: readonly number[];
  mayBeLost: boolean;
}>;

const shapesOf = ({ holds, arrivals, clockErrors, delays, mayBeLost }: Choices): readonly Shape[] =>
  holds.flatMap((hold) => [
    ...arrivals.flatMap((arrival) => {
      const arrives = arrival === 'latest' ? hold + timing.maxTransit : arrival;
      return clockErrors.flatMap((clockError) => delays.map((delay) => ({ hold, arrives, clockError, delay })));
    }),
    ...(mayBeLost ? [{ hold, clockError: 0, delay: 0 }] : []),
  ]);

const planned = ({ hold, arrives, clockError, delay }: Shape, clickedAt: number): PlannedCall => ({
  clickedAt,
  releasedAt: clickedAt + hold,
  clockError,
  ...(arrives === undefined ? {} : { arrivesAt: clickedAt + arrives }),
  takenAt: arrives === undefined ? [] : [clickedAt + arrives + delay],
});

/** Every sequence of so many calls with these shapes and these gaps between the clicks. */
function* sequences(
  shapes: readonly Shape[],
  gaps: readonly number[],
  calls: number,
): Generator<readonly PlannedCall[]> {
  const [first] = gaps;
  const grow = function* (before: readonly PlannedCall[], at: number): Generator<readonly PlannedCall[]> {
    for (const shape of shapes) {
      const sequence = [...before, planned(shape, at)];
      if (sequence.length === calls) yield sequence;
      else for (const gap of gaps) yield* grow(sequence, at + gap);
    }
  };
  if (first !== undefined) yield* grow([], 0);
}

const isWrong = ({ decision, truth }: Told): boolean =>
  decision.verdict === 'certain' && decision.candidates[0]?.callId !== truth;

/** Runs them all; fails at the first that goes against `check`. */
const all = (plans: Iterable<Plan>, check: (told: readonly Told[], plan: Plan) => boolean): Record<string, number> => {
  const verdicts: Record<string, number> = { plans: 0, certain: 0, probable: 0, ambiguous: 0, none: 0 };
  for (const plan of plans) {
    verdicts['plans'] = (verdicts['plans'] ?? 0) + 1;
    const { told } = happen(plan);
    for (const { decision } of told) verdicts[decision.verdict] = (verdicts[decision.verdict] ?? 0) + 1;
    if (!check(told, plan)) expect.fail(JSON.stringify({ plan, told }, undefined, 1));
  }
  return verdicts;
};

function* both(ports: number, quarantine: number, calls: Iterable<readonly PlannedCall[]>): Generator<Plan> {
  for (const each of calls) {
    yield { ports, quarantine, timing, calls: each };
    yield { ports, quarantine, timing, calls: each, releaseFirst: true };
  }
}

const neverWrong = (told: readonly Told[]): boolean => !told.some(isWrong);
const alwaysRightAndCertain = (told: readonly Told[]): boolean =>
  told.every(({ decision, truth }) => decision.verdict === 'certain' && decision.candidates[0]?.callId === truth);

const everyGap = Array.from({ length: 14 }, (_, gap) => gap);
const anyWay: Choices = {
  holds: [0, 3],
  arrivals: [0, 2, 'latest'],
  clockErrors: [-1, 1],
  delays: [0, 9],
  mayBeLost: true,
};

describe('two calls on one port, in every way that they can go', () => {
  it('are never taken for each other, whether the port rests or not', () => {
    const shapes = shapesOf(anyWay);
    for (const quarantine of [enough, 0]) {
      const verdicts = all(both(1, quarantine, sequences(shapes, everyGap, 2)), neverWrong);
      expect(verdicts['certain'], 'there is something to be certain of').to.be.above(10_000);
    }
  }).timeout(120_000);

  it('are each certain when the port rests long enough, though calls get lost', () => {
    const shapes = shapesOf({ ...anyWay, holds: [0, 2, 5], arrivals: [0, 1, 3, 'latest'], delays: [0] });
    const verdicts = all(both(1, enough, sequences(shapes, everyGap, 2)), alwaysRightAndCertain);
    expect(verdicts['certain']).to.be.above(10_000);
  }).timeout(120_000);

  it('are not always certain when it rests a millisecond too short', () => {
    const shapes = shapesOf({ ...anyWay, delays: [0] });
    const verdicts = all(both(1, enough - 1, sequences(shapes, everyGap, 2)), neverWrong);
    expect(verdicts['ambiguous']).to.be.above(0);
  }).timeout(60_000);
});

describe('three calls on one port, in every way on a coarser grid', () => {
  const late = shapesOf({ ...anyWay, holds: [0, 5], arrivals: [0, 'latest'], delays: [12] });
  const prompt = late.map((shape) => ({ ...shape, delay: 0 }));
  const gaps = [0, enough, 12];

  it('are never taken for each other, though every report is held up until the port is leased again', () => {
    for (const quarantine of [enough, 0]) all(both(1, quarantine, sequences(late, gaps, 3)), neverWrong);
  }).timeout(120_000);

  it('are each certain when the port rests long enough and reports are not held up', () => {
    all(both(1, enough, sequences(prompt, gaps, 3)), alwaysRightAndCertain);
  }).timeout(60_000);
});

describe('four calls on two ports, in every way on a coarser grid', () => {
  /** The clock errs to where one call could be taken for the other: too late for the late, too early for the early. */
  const shapes = [0, 5].flatMap((hold) => [
    { hold, arrives: 0, clockError: -1, delay: 0 },
    { hold, arrives: hold + timing.maxTransit, clockError: 1, delay: 0 },
  ]);
  const gaps = [0, 4, enough, 12];

  it('are each certain, and rightly so, when the ports rest long enough', () => {
    const verdicts = all(both(2, enough, sequences(shapes, gaps, 4)), alwaysRightAndCertain);
    expect(verdicts['certain']).to.be.above(50_000);
  }).timeout(120_000);

  it('are never taken for each other when the ports do not rest', () => {
    const verdicts = all(both(2, 0, sequences(shapes, gaps, 4)), neverWrong);
    expect(verdicts['certain']).to.be.above(20_000);
    expect(verdicts['ambiguous']).to.be.above(1_000);
  }).timeout(120_000);
});
