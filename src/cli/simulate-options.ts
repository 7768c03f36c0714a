import { faultsInMix, type CallMix } from '../simulate/call-mix.js';
import { readMix } from '../simulate/mix-option.js';

/** Flags as they came in; what was not given is not there. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>;

/** What the flags of `trunkline simulate` mean. `apiKey`: none was given. */
export type SimulateOptions = Readonly<{
  server: string;
  merchant: string;
  apiKey: string | undefined;
  agents: number;
  mix: Omit<CallMix, 'codes'>;
  signed: number;
}>;

export type OptionsReading = Readonly<
  { ok: true; options: SimulateOptions } | { ok: false; faults: readonly string[] }
>;

/** A quiet afternoon: calls short enough for ten agents to take one a second. */
const usualMix: Omit<CallMix, 'codes'> = {
  seed: 1,
  callsPerSecond: 1,
  duration: 60_000,
  arrivals: 'poisson',
  transferred: 0.1,
  conferenced: 0.05,
  abandoned: 0.05,
  held: 0.2,
  keyed: 0.3,
  endedByCustomer: 0.5,
  dataUpdates: 2,
  talk: { kind: 'lognormal', median: 4_000, sigma: 0.6, longest: 12_000 },
  ringing: { from: 300, to: 1_500 },
  patience: { from: 500, to: 4_000 },
  wrapUp: { from: 300, to: 1_000 },
  dispositions: ['resolved', 'sale', 'call-back'],
};
const usualShareOfSignedIcons = 0.25;
const mostAgents = 5_000;

type NumberFlag = Readonly<{ flag: string; byDefault: number; whole?: boolean; most?: number }>;

const numberFlags = {
  callsPerSecond: { flag: 'calls-per-second', byDefault: usualMix.callsPerSecond },
  seconds: { flag: 'duration', byDefault: usualMix.duration / 1_000 },
  agents: { flag: 'agents', byDefault: 10, whole: true, most: mostAgents },
  seed: { flag: 'seed', byDefault: usualMix.seed, whole: true },
} satisfies Record<string, NumberFlag>;

type Numbers = Record<keyof typeof numberFlags, number>;

const text = (flags: Flags, flag: string): string | undefined => {
  const given = flags[flag];
  return typeof given === 'string' && given !== '' ? given : undefined;
};

const fits = (value: number, { whole = false, most = Infinity }: NumberFlag): boolean =>
  value > 0 && value <= most && (!whole || Number.isInteger(value));

const wanted = ({ whole = false, most }: NumberFlag): string =>
  `${whole ? 'a whole number' : 'a number'} above 0${most === undefined ? '' : `, up to ${most}`}`;

const numbersIn = (flags: Flags): Readonly<{ numbers: Numbers; faults: readonly string[] }> => {
  const numbers = {} as Numbers;
  const faults: string[] = [];
  for (const name of Object.keys(numberFlags) as (keyof Numbers)[]) {
    const rule: NumberFlag = numberFlags[name];
    const given = text(flags, rule.flag);
    numbers[name] = given === undefined ? rule.byDefault : /^\d+(\.\d+)?$/.test(given) ? Number(given) : NaN;
    if (!fits(numbers[name], rule)) faults.push(`--${rule.flag} is ${wanted(rule)}, not “${given}”`);
  }
  return { numbers, faults };
};

const serverIn = (flags: Flags): string | undefined => {
  const given = text(flags, 'server') ?? 'http://127.0.0.1:8080';
  return URL.canParse(given) && /^https?:$/.test(new URL(given).protocol) ? new URL(given).origin : undefined;
};

const mixIn = (
  flags: Flags,
  { callsPerSecond, seconds, seed }: Numbers,
): Readonly<{ mix: SimulateOptions['mix']; signed: number; faults: readonly string[] }> => {
  const { changes, faults } = readMix(text(flags, 'mix') ?? '');
  const { signed = usualShareOfSignedIcons, ...changed } = changes;
  const mix = { ...usualMix, callsPerSecond, duration: seconds * 1_000, seed, ...changed };
  const contradictions = [
    ...faults,
    // The codes are the merchant's, who may have some.
    ...faultsInMix({ ...mix, codes: ['*1'] }),
    ...(signed > 1 ? ['signed is a share, 0 to 1'] : []),
  ];
  return { mix, signed, faults: contradictions.map((fault) => `--mix: ${fault}`) };
};

/** Reads the flags, or says what is wrong with each of them. */
export const readSimulateOptions = (flags: Flags): OptionsReading => {
  const { numbers, faults } = numbersIn(flags);
  if (faults.length > 0) return { ok: false, faults };
  const { mix, signed, faults: faultsOfMix } = mixIn(flags, numbers);
  const server = serverIn(flags);
  if (server === undefined || faultsOfMix.length > 0) {
    const noAddress = '--server is an address such as http://127.0.0.1:8080';
    return { ok: false, faults: [...(server === undefined ? [noAddress] : []), ...faultsOfMix] };
  }
  const merchant = text(flags, 'merchant') ?? 'palm-pier';
  const apiKey = text(flags, 'api-key');
  return { ok: true, options: { server, merchant, apiKey, agents: numbers.agents, mix, signed } };
};
