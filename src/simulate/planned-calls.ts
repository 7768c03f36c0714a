import { seededRandom, type SeededRandom } from '#domain/kernel/seeded-random.js';
import type { Milliseconds } from '#domain/kernel/time.js';
import { faultsInMix, type CallMix, type Fate } from './call-mix.js';
import { plannedActions, type PlannedAction } from './planned-actions.js';
import { talkTimeOf } from './talk-time.js';

export type PlannedCall = Readonly<{
  /** Counts the calls of the load, from 0. */
  index: number;
  /** From the load's start. */
  clickAt: Milliseconds;
  fate: Fate;
  /** In the order of the moments that they wait for, and of time after each. */
  actions: readonly PlannedAction[];
}>;

const goldenRatio = 0.618_033_988_749_895;

/** Evenly spread over 0 to 1, however few are taken (a Kronecker sequence): shares are right in a short load too. */
const spread = (index: number, offset: number): number => (offset + index * goldenRatio) % 1;

const fateAt = (place: number, { transferred, conferenced, abandoned }: CallMix): Fate => {
  if (place < transferred) return 'transferred';
  if (place < transferred + conferenced) return 'conferenced';
  return place < transferred + conferenced + abandoned ? 'abandoned' : 'plain';
};

function* clickTimes({ callsPerSecond, duration, arrivals }: CallMix, random: SeededRandom): Generator<Milliseconds> {
  const gap = 1_000 / callsPerSecond;
  const next = (at: number, index: number): number =>
    arrivals === 'even' ? index * gap : at - gap * Math.log(1 - random.fraction());
  let at = arrivals === 'even' ? 0 : next(0, 0);
  for (let index = 1; at < duration; index += 1) {
    yield Math.round(at);
    at = next(at, index);
  }
}

/**
 * The calls of a load, in the order of their clicks: the same for the same mix. What befalls one call is settled by the
 * seed and its index alone.
 * @throws {RangeError} when the mix contradicts itself
 */
export function* callsOf(mix: CallMix): Generator<PlannedCall> {
  const faults = faultsInMix(mix);
  if (faults.length > 0) throw new RangeError(`call mix: ${faults.join('; ')}`);

  const random = seededRandom(mix.seed);
  const offset = random.fork('fates').fraction();
  let index = 0;
  for (const clickAt of clickTimes(mix, random.fork('arrivals'))) {
    const luck = random.fork(`call ${index}`);
    const fate = fateAt(spread(index, offset), mix);
    const talk = talkTimeOf(mix.talk, luck.fork('talk'));
    yield { index, clickAt, fate, actions: plannedActions({ mix, fate, index, talk, luck: luck.fork('actions') }) };
    index += 1;
  }
}
