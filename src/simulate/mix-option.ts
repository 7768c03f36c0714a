import type { CallMix } from './call-mix.js';

/** A mix as the command line says it, or what is wrong with it, each in a sentence. */
export type MixReading = Readonly<{ changes: MixChanges; faults: readonly string[] }>;

export type MixChanges = Partial<CallMix> & Readonly<{ signed?: number }>;

type Word = (value: string) => MixChanges | undefined;

const numeric = (value: string): number | undefined => (/^\d+(\.\d+)?$/.test(value) ? Number(value) : undefined);

const number =
  (change: (value: number) => MixChanges): Word =>
  (value) => {
    const read = numeric(value);
    return read === undefined ? undefined : change(read);
  };

const share = (
  name: 'transferred' | 'conferenced' | 'abandoned' | 'held' | 'keyed' | 'endedByCustomer' | 'signed',
): Word => number((value) => ({ [name]: value }));

const longestTalks = 3;
const seconds = 1_000;

const words: Readonly<Record<string, Word>> = {
  transferred: share('transferred'),
  conferenced: share('conferenced'),
  abandoned: share('abandoned'),
  held: share('held'),
  keyed: share('keyed'),
  signed: share('signed'),
  'customer-ends': share('endedByCustomer'),
  updates: number((dataUpdates) => ({ dataUpdates })),
  talk: number((median) => ({
    talk: { kind: 'lognormal', median: median * seconds, sigma: 0.6, longest: median * seconds * longestTalks },
  })),
  arrivals: (value) => (value === 'even' || value === 'poisson' ? { arrivals: value } : undefined),
};

const readEntry = (entry: string): MixChanges | string => {
  const [name = '', value = '', ...rest] = entry.split('=').map((part) => part.trim());
  const word = Object.hasOwn(words, name) ? words[name] : undefined;
  if (!word) return `there is no “${name}”; there are ${Object.keys(words).join(', ')}`;
  const changes = rest.length === 0 ? word(value) : undefined;
  return changes ?? `${name} cannot be “${[value, ...rest].join('=')}”`;
};

/** `transferred=0.3,updates=5`: shares are 0 to 1, `talk` is the median in seconds, `arrivals` even or poisson. */
export const readMix = (spec: string): MixReading => {
  const read = spec
    .split(',')
    .filter((entry) => entry.trim() !== '')
    .map(readEntry);
  const faults = read.filter((entry) => typeof entry === 'string');
  const changes = read.filter((entry) => typeof entry !== 'string');
  return { changes: Object.assign({}, ...changes) as MixChanges, faults };
};
