import type { Range } from '#domain/kernel/seeded-random.js';
import type { Milliseconds } from '#domain/kernel/time.js';
import type { TalkTime } from './talk-time.js';

/** How a call goes on once the customer has clicked. */
export type Fate = 'plain' | 'transferred' | 'conferenced' | 'abandoned';

/** What a load is made of. Shares are 0 to 1. */
export type CallMix = Readonly<{
  seed: number;
  callsPerSecond: number;
  /** How long customers go on clicking; the last calls end later. */
  duration: Milliseconds;
  /** Evenly spaced, or as customers come who know nothing of each other (a Poisson process). */
  arrivals: 'even' | 'poisson';
  /** These three are different calls; the rest is plain. */
  transferred: number;
  conferenced: number;
  abandoned: number;
  /** Of the calls that are answered: put on hold once; a code keyed once. */
  held: number;
  keyed: number;
  /** What is keyed, in turn. */
  codes: readonly string[];
  /** Calls that the customer ends; the rest the agent does. */
  endedByCustomer: number;
  /** Changes of attached data in each call that is answered. */
  dataUpdates: number;
  /** From answer to end, all agents together. */
  talk: TalkTime;
  /** How long a phone rings before it is answered. */
  ringing: Range;
  /** How long a customer waits, from the click, who then gives up. */
  patience: Range;
  /** Work after the call, and the codes that end it. */
  wrapUp: Range;
  dispositions: readonly string[];
}>;

const isShare = (value: number): boolean => value >= 0 && value <= 1;

const badShares = (mix: CallMix): readonly string[] =>
  (['transferred', 'conferenced', 'abandoned', 'held', 'keyed', 'endedByCustomer'] as const)
    .filter((name) => !isShare(mix[name]))
    .map((name) => `${name} is a share, 0 to 1`);

const badRanges = (mix: CallMix): readonly string[] =>
  (['ringing', 'patience', 'wrapUp'] as const)
    .filter((name) => !(mix[name].from >= 0 && mix[name].to >= mix[name].from))
    .map((name) => `${name} begins at 0 or later and does not end before it begins`);

const badNumbers = ({ callsPerSecond, duration, dataUpdates }: CallMix): readonly string[] => [
  ...(callsPerSecond > 0 && Number.isFinite(callsPerSecond) ? [] : ['callsPerSecond is more than 0']),
  ...(duration >= 0 && Number.isFinite(duration) ? [] : ['duration is 0 or more']),
  ...(Number.isInteger(dataUpdates) && dataUpdates >= 0 ? [] : ['dataUpdates is a whole number, 0 or more']),
];

const contradictions = ({
  transferred,
  conferenced,
  abandoned,
  keyed,
  codes,
  dispositions,
}: CallMix): readonly string[] => [
  ...(transferred + conferenced + abandoned > 1 + Number.EPSILON ? ['the fates are more than all calls'] : []),
  ...(keyed > 0 && codes.length === 0 ? ['codes are keyed, but there are none'] : []),
  ...(dispositions.length > 0 ? [] : ['calls end with a disposition, but there are none']),
];

/** What is wrong with a mix, each in a sentence; nothing: it can be played. */
export const faultsInMix = (mix: CallMix): readonly string[] => [
  ...badShares(mix),
  ...badRanges(mix),
  ...badNumbers(mix),
  ...contradictions(mix),
];
