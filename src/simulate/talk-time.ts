import type { SeededRandom } from '#domain/kernel/seeded-random.js';
import type { Milliseconds } from '#domain/kernel/time.js';

/**
 * How long people talk. `lognormal` is what real call centres measure (Brown et al., Statistical Analysis of a Telephone
 * Call Center, JASA 2005): half of the calls are shorter than the median; sigma is the spread of the logarithm.
 */
export type TalkTime = Readonly<{ longest?: Milliseconds }> &
  (
    | Readonly<{ kind: 'fixed'; length: Milliseconds }>
    | Readonly<{ kind: 'exponential'; mean: Milliseconds }>
    | Readonly<{ kind: 'lognormal'; median: Milliseconds; sigma: number }>
  );

/** More than 0, so that it has a logarithm. */
const aboveZero = (luck: SeededRandom): number => 1 - luck.fraction();

/** Box and Muller's: mean 0, deviation 1. */
const normal = (luck: SeededRandom): number =>
  Math.sqrt(-2 * Math.log(aboveZero(luck))) * Math.cos(2 * Math.PI * luck.fraction());

const drawn = (talk: TalkTime, luck: SeededRandom): number => {
  switch (talk.kind) {
    case 'fixed':
      return talk.length;
    case 'exponential':
      return -talk.mean * Math.log(aboveZero(luck));
    case 'lognormal':
      return talk.median * Math.exp(talk.sigma * normal(luck));
  }
};

/** One call's talk time, in whole milliseconds. */
export const talkTimeOf = (talk: TalkTime, luck: SeededRandom): Milliseconds =>
  Math.round(Math.min(drawn(talk, luck), talk.longest ?? Infinity));
