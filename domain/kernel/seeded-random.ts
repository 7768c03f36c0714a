/** Both ends included. */
export type Range = Readonly<{ from: number; to: number }>;

/** Chance for simulations: the same in every run and on every machine with the same seed. */
export type SeededRandom = Readonly<{
  /** A whole number from 0 to 2³² - 1. */
  word: () => number;
  /** At least 0 and less than 1. */
  fraction: () => number;
  /** A whole number of the range. */
  within: (range: Range) => number;
  /** True that often: 0 never, 1 always. */
  chance: (probability: number) => boolean;
  /** Another source, settled by this one's seed and the label alone: draws from one never disturb the other. */
  fork: (label: string) => SeededRandom;
}>;

export type XoshiroState = readonly [number, number, number, number];

const rotateLeft = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** xoshiro128** 1.1 (Blackman and Vigna, prng.di.unimi.it): period 2¹²⁸ - 1. Not all four words may be 0. */
export const xoshiro128 = (state: XoshiroState): (() => number) => {
  let [a, b, c, d] = state;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
};

const fnvOffset = 0x811c9dc5;
/** FNV-1a over UTF-16 units, going on from what was hashed before. */
const hash = (before: number, text: string): number => {
  let sum = before;
  for (let index = 0; index < text.length; index += 1) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193);
  return sum >>> 0;
};

/** MurmurHash3's finaliser: a bijection, so that of several different words at most one becomes 0. */
const mix = (word: number): number => {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};

/** SplitMix's way to many words from one: steps of the golden ratio, mixed. */
const stateFrom = (seed: number): XoshiroState => [
  mix(seed),
  mix(seed + 0x9e3779b9),
  mix(seed + 2 * 0x9e3779b9),
  mix(seed + 3 * 0x9e3779b9),
];

const randomFrom = (seed: number): SeededRandom => {
  const word = xoshiro128(stateFrom(seed));
  const fraction = (): number => word() / 2 ** 32;
  return {
    word,
    fraction,
    within: ({ from, to }) => from + Math.floor(fraction() * (to - from + 1)),
    chance: (probability) => fraction() < probability,
    fork: (label) => randomFrom(hash(hash(seed, '/'), label)),
  };
};

/** The same seed, the same source. */
export const seededRandom = (seed: number | string): SeededRandom => randomFrom(hash(fnvOffset, String(seed)));
