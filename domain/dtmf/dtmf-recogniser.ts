import type { KeyedChannel } from '../call/call.commands.js';
import type { DtmfRefusal } from '../call/call.events.js';
import { instant, type Instant, type Milliseconds } from '../kernel/time.js';
import type { DtmfEntry } from '../merchant/merchant.events.js';

/** What has been keyed on the agent's side of one call and is not settled yet, and how often it was wrong. */
export type DtmfBuffer = Readonly<{ digits: string; lastAt: Instant; wrongTries: number }>;

export const emptyDtmfBuffer: DtmfBuffer = { digits: '', lastAt: instant(0), wrongTries: 0 };

export type DtmfOutcome =
  | Readonly<{ kind: 'command'; entry: DtmfEntry }>
  | Readonly<{ kind: 'channel'; channel: KeyedChannel }>
  | Readonly<{ kind: 'refused'; code: string; reason: DtmfRefusal }>;

type Recognition = Readonly<{ buffer: DtmfBuffer; outcomes: readonly DtmfOutcome[] }>;

/** A pause of this length ends a code. */
export const interDigitTimeout: Milliseconds = 3_000;
/** Wrong codes in one call; after these nothing that is keyed in it commands any more. */
export const wrongTriesAllowed = 5;

type Word =
  | Readonly<{ code: string; kind: 'command'; entry: DtmfEntry }>
  | Readonly<{ code: string; kind: 'channel'; channel: KeyedChannel }>;

/** Codes of two families never begin alike: commands with `*` or `#`, channels with a digit. */
type Family = Readonly<{ words: readonly Word[]; longest: number }>;
type Vocabulary = (code: string) => Family;

const isDigit = (key: string): boolean => key >= '0' && key <= '9';
const keysOfATelephone = /[0-9*#]/g;

/** `usual`: how long a wrong code of a family without words may grow before it is one. */
const family = (words: readonly Word[], usual: number): Family => ({
  words,
  longest: words.length === 0 ? usual : Math.max(...words.map(({ code }) => code.length)),
});

const vocabularyOf = (table: readonly DtmfEntry[], channels: readonly KeyedChannel[]): Vocabulary => {
  const commands = family(
    table.map((entry) => ({ code: entry.code, kind: 'command', entry })),
    3,
  );
  const codes = family(
    channels.map((channel) => ({ code: channel.code, kind: 'channel', channel })),
    4,
  );
  return (code) => (isDigit(code.charAt(0)) ? codes : commands);
};

const meaningOf = (code: string, word: Word | undefined): DtmfOutcome => {
  if (!word) return { kind: 'refused', code, reason: 'unknown-code' };
  if (word.kind === 'command') return { kind: 'command', entry: word.entry };
  if (!word.channel.onThisCall) return { kind: 'refused', code, reason: 'agent-not-on-this-call' };
  return { kind: 'channel', channel: word.channel };
};

type Keying = Readonly<{ digits: string; wrongTries: number; outcomes: readonly DtmfOutcome[] }>;

/** What is keyed so far is all of the code. A lone `#` only marked the end of what stood before it. */
const settle = (keying: Keying, vocabulary: Vocabulary): Keying => {
  const { digits: code, wrongTries, outcomes } = keying;
  if (code === '' || code === '#') return { ...keying, digits: '' };
  if (wrongTries >= wrongTriesAllowed) {
    return { digits: '', wrongTries, outcomes: [...outcomes, { kind: 'refused', code, reason: 'too-many-tries' }] };
  }
  const outcome = meaningOf(
    code,
    vocabulary(code).words.find((word) => word.code === code),
  );
  return {
    digits: '',
    wrongTries: outcome.kind === 'refused' ? wrongTries + 1 : wrongTries,
    outcomes: [...outcomes, outcome],
  };
};

/** Whether this key, which does not go on with the code before it, is the first of another. */
const ends = (code: string, key: string, words: readonly Word[]): boolean =>
  code !== '' && (code === '#' || !isDigit(key) || words.some((word) => word.code === code));

/** One more key, after what was keyed before it in time. */
const press = (keying: Keying, key: string, vocabulary: Vocabulary): Keying => {
  const code = keying.digits + key;
  const { words, longest } = vocabulary(code);
  const within = words.filter((word) => word.code.startsWith(code));
  if (within.length > 0) {
    const grown = { ...keying, digits: code };
    return within.some((word) => word.code !== code) ? grown : settle(grown, vocabulary);
  }
  if (ends(keying.digits, key, words)) return press(settle(keying, vocabulary), key, vocabulary);
  // Nobody's code, but it is heard to its end: told at the first wrong digit, a guesser would need ten tries a digit.
  const wrong = { ...keying, digits: code };
  return code.length < longest ? wrong : settle(wrong, vocabulary);
};

/**
 * Makes commands of the digits that are keyed on the agent's side of a call: the caller's side must not come here.
 * They come one or several at a time. The longest code wins: one that begins another is settled by the next key, by `#`, or
 * by a pause of 3 s; no digits at all only look whether that pause is over. Whatever is keyed, nothing comes of it that is
 * not in the table or among the channels.
 */
export const recognise = (
  buffer: DtmfBuffer,
  keyed: Readonly<{ digits: string; at: Instant }>,
  table: readonly DtmfEntry[],
  channels: readonly KeyedChannel[],
): Recognition => {
  const vocabulary = vocabularyOf(table, channels);
  const keys: readonly string[] = keyed.digits.match(keysOfATelephone) ?? [];
  const paused = keyed.at - buffer.lastAt >= interDigitTimeout;
  let keying: Keying = { digits: buffer.digits, wrongTries: buffer.wrongTries, outcomes: [] };
  if (paused) keying = settle(keying, vocabulary);
  const outcomes = [...keying.outcomes];
  for (const key of keys) {
    keying = press({ ...keying, outcomes: [] }, key, vocabulary);
    outcomes.push(...keying.outcomes);
  }
  const { digits, wrongTries } = keying;
  return { buffer: { digits, wrongTries, lastAt: keys.length > 0 ? keyed.at : buffer.lastAt }, outcomes };
};
