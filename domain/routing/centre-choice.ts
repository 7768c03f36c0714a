import { distanceKm } from '../kernel/geography.js';
import type { CallCentre, CentreChoice, LinkRoute } from '../merchant/merchant.events.js';
import { isOpen, nextOpening } from '../merchant/hours.js';
import { localTimeOf } from '../merchant/zone.js';
import { toCentre, type RouteStage } from './route-stage.js';
import type { RouteInput, RouteRefusal, RouteStep } from './routing.types.js';

type Candidate = Readonly<{
  centre: CallCentre;
  load: number;
  distance: number;
  state: string;
  obstacle?: RouteRefusal;
}>;

const percent = (part: number, whole: number): number => Math.round((100 * part) / whole);

const closedUntil = (centre: CallCentre, { at }: RouteInput): string => {
  const next = nextOpening(centre, at);
  return next === undefined
    ? 'closed, with no opening ahead'
    : `closed; opens ${localTimeOf(centre.zone, next)} (${centre.zone})`;
};

const candidateOf = (centre: CallCentre, input: RouteInput): Candidate => {
  const load = input.load(centre.centreId);
  const distance = input.location ? distanceKm(input.location, centre.location) : Number.NaN;
  const known = { centre, load, distance };
  if (!isOpen(centre, input.at)) return { ...known, state: closedUntil(centre, input), obstacle: 'centre-closed' };
  if (load >= centre.capacity) {
    return { ...known, state: `full: ${load} calls, room for ${centre.capacity}`, obstacle: 'centre-full' };
  }
  const share = `${load} of ${centre.capacity} calls (${percent(load, centre.capacity)} %)`;
  return { ...known, state: input.location ? `open, ${share}, ${Math.round(distance)} km away` : `open, ${share}` };
};

type Measure = Readonly<{ of: (candidate: Candidate) => number; praise: string; lack: string }>;

/** What is least is chosen; of equals, the one that the route names first. */
const measures: Readonly<Record<CentreChoice, Measure>> = {
  'first-open': {
    of: () => 0,
    praise: 'the first of the route that can take it',
    lack: 'an earlier one of the route takes it',
  },
  nearest: {
    of: ({ distance }) => distance,
    praise: 'the nearest to the caller',
    lack: 'another is nearer to the caller',
  },
  'least-loaded': {
    of: ({ load, centre }) => load / centre.capacity,
    praise: 'the least loaded',
    lack: 'another is less loaded, or as little and earlier in the route',
  },
};

const stepOf = (
  { centre, state, obstacle }: Candidate,
  chosen: CallCentre | undefined,
  measure: Measure,
): RouteStep => {
  const step = { considered: `call centre ${centre.name}`, centreId: centre.centreId };
  if (obstacle) return { ...step, outcome: 'passed-over', because: state };
  return centre === chosen
    ? { ...step, outcome: 'taken', because: `${state}; ${measure.praise}` }
    : { ...step, outcome: 'passed-over', because: `${state}; ${measure.lack}` };
};

const placeUnknown: RouteStep = {
  considered: 'distance from the caller',
  outcome: 'not-applicable',
  because: 'where the caller is, is not known: the order of the route decides',
};

const obstacleOf = (candidates: readonly Candidate[]): RouteRefusal => {
  if (candidates.length === 0) return 'no-route';
  return candidates.some(({ obstacle }) => obstacle === 'centre-full') ? 'centre-full' : 'centre-closed';
};

/** The centres of the link that are open and have room, and of these the one that the route's rule prefers. */
export const byCentres = (input: RouteInput, { centres, choose }: LinkRoute): RouteStage => {
  const lost = choose === 'nearest' && input.location === undefined;
  const rule = lost ? 'first-open' : choose;
  const candidates = centres.flatMap((centreId) => {
    const centre = input.merchant.centres.get(centreId);
    return centre ? [candidateOf(centre, input)] : [];
  });
  const measure = measures[rule];
  const able = candidates.filter(({ obstacle }) => obstacle === undefined);
  const least = Math.min(...able.map(measure.of));
  const chosen = able.find((candidate) => measure.of(candidate) === least)?.centre;
  const steps = [...(lost ? [placeUnknown] : []), ...candidates.map((each) => stepOf(each, chosen, measure))];
  return chosen ? { steps, end: toCentre(chosen, rule) } : { steps, inTheWay: obstacleOf(candidates) };
};
