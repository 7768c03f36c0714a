import { after, type Instant, type Milliseconds } from '../kernel/time.js';
import { observed, sameNumber, type Click, type CorrelationInput } from './clues.js';

type Judgement = (click: Click, input: CorrelationInput) => string | undefined;

/** How far our own clock has gone back since one of these leases began or ended; 0 when not noticeably. */
const setBack = ({ clues, takenAt, timing }: CorrelationInput): Milliseconds => {
  const readings = clues.flatMap(({ clicks }) =>
    clicks.flatMap(({ lease }) => (lease ? [lease.leasedAt, lease.releasedAt ?? lease.leasedAt] : [])),
  );
  const by = Math.max(0, ...readings.map((reading) => reading - takenAt));
  return by > timing.clockUncertainty ? by : 0;
};

/** A lease in the time of which our clock was stepped may have been turned down, or left over, for that alone. */
const isTimeInDoubt = ({ clues }: CorrelationInput): boolean =>
  clues.some(({ clicks }) => clicks.some(({ lease }) => lease?.timeInDoubt));

/** Nothing arrives after it has been told of: a switch that says so is ahead of us. */
const isAhead = ({ arrivedAt, takenAt, timing }: CorrelationInput): boolean =>
  arrivedAt > after(takenAt, timing.clockUncertainty);

const arrival = (input: CorrelationInput): Instant =>
  isAhead(input) ? after(input.takenAt, input.timing.clockUncertainty) : input.arrivedAt;

const tooEarly: Judgement = ({ lease, clickedAt }, input) => {
  const begun = lease?.leasedAt ?? clickedAt;
  if (begun === undefined) return undefined;
  const isBefore = arrival(input) < begun - input.timing.clockUncertainty - setBack(input);
  return isBefore ? 'the call came in before that' : undefined;
};

const tooLate: Judgement = ({ lease, open }, input) => {
  if (!lease) return open ? undefined : 'its session is closed';
  const { maxTransit, clockUncertainty } = input.timing;
  const isPast = lease.releasedAt !== undefined && arrival(input) > lease.releasedAt + maxTransit + clockUncertainty;
  return isPast ? 'its port had been given back for longer than a call can be on its way' : undefined;
};

const calledElsewhere: Judgement = ({ dialled }, input) => {
  const dnis = observed(input, 'dnis');
  const isElsewhere = dnis !== undefined && dialled !== undefined && !sameNumber(dnis, dialled);
  return isElsewhere ? 'another number was dialled for it' : undefined;
};

const onWrongTrunk: Judgement = ({ lease }, input) => {
  const trunk = observed(input, 'trunk');
  if (trunk === undefined) return undefined;
  const { centreTrunks } = input;
  const isExpected = centreTrunks.length === 0 || centreTrunks.includes(trunk);
  const isItsOwn = !lease || lease.trunkGroup === '' || lease.trunkGroup === trunk;
  return isExpected && isItsOwn ? undefined : 'the call came in on a trunk that its gateway does not use';
};

/** Why this call cannot be that click; nothing when it can. */
export const objectionTo: Judgement = (click, input) =>
  tooEarly(click, input) ?? tooLate(click, input) ?? calledElsewhere(click, input) ?? onWrongTrunk(click, input);

const unknownNumber: Judgement = ({ dialled }, input) =>
  observed(input, 'dnis') === undefined || dialled === undefined
    ? 'it is not known which number was called'
    : undefined;

const unknownTrunk: Judgement = ({ lease }, input) => {
  const trunk = observed(input, 'trunk');
  const isKnown = lease ? lease.trunkGroup !== '' : input.centreTrunks.length > 0;
  return trunk === undefined || !isKnown ? 'it is not known on which trunk it should have come in' : undefined;
};

const leasedAgain: Judgement = (click) => (click.leasedAgain ? 'its port has been leased again since' : undefined);

const unsureClocks: Judgement = (_click, input) =>
  isTimeInDoubt(input) || setBack(input) > 0 || isAhead(input) ? 'the clocks do not agree' : undefined;

/** Why it is not certain, though it can be. */
export const doubtsAbout = (click: Click, input: CorrelationInput): readonly string[] =>
  [unknownNumber, unknownTrunk, leasedAgain, unsureClocks].flatMap((judge) => judge(click, input) ?? []);

/** Whether its call can have left the gateway so shortly before that it was still on its way. */
export const isOnItsWay = ({ lease }: Click, input: CorrelationInput): boolean => {
  const { maxTransit, clockUncertainty } = input.timing;
  return lease !== undefined && arrival(input) <= lease.leasedAt + maxTransit + clockUncertainty;
};
