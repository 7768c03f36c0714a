import type { CallMix } from '../simulate/call-mix.js';
import { faultsInMix } from '../simulate/call-mix.js';
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

type Number = Readonly<{ flag: string; byDefault: number; whole?: boolean; most?: number }>;

const readNumber = (flags: Flags, { flag, byDefault, whole = false, most = Infinity }: Number): number | string => {
  const given = flags[flag];
  if (given === undefined) return byDefault;
  const value = typeof given === 'string' && /^\d+(\.\d+)?$/.test(given) ? Number(given) : NaN;
  const fits = value > 0 && value <= most && (!whole || Number.isInteger(value));
  const wanted = `${whole ? 'a whole number' : 'a number'} above 0${most === Infinity ? '' : `, up to ${most}`}`;
  return fits ? value : `--${flag} is ${wanted}, not “${String(given)}”`;
};

const text = (flags: Flags, flag: string): string | undefined => {
  const given = flags[flag];
  return typeof given === 'string' && given !== '' ? given : undefined;
};

const serverIn = (flags: Flags): string | undefined => {
  const given = text(flags, 'server') ?? 'http://127.0.0.1:8080';
  return URL.canParse(given) && /^https?:$/.test(new URL(given).protocol) ? new URL(given).origin : undefined;
};

/** Reads the flags, or says what is wrong with each of them. */
export const readSimulateOptions = (flags: Flags): OptionsReading => {
  const numbers = {
    callsPerSecond: readNumber(flags, { flag: 'calls-per-second', byDefault: usualMix.callsPerSecond }),
    seconds: readNumber(flags, { flag: 'duration', byDefault: usualMix.duration / 1_000 }),
    agents: readNumber(flags, { flag: 'agents', byDefault: 10, whole: true, most: mostAgents }),
    seed: readNumber(flags, { flag: 'seed', byDefault: usualMix.seed, whole: true }),
  };
  const { callsPerSecond, seconds, agents, seed } = numbers;
  const { changes, faults } = readMix(text(flags, 'mix') ?? '');
  const server = serverIn(flags);
  const wrong = [
    ...Object.values(numbers).filter((value) => typeof value === 'string'),
    ...(server === undefined ? ['--server is an address such as http://127.0.0.1:8080'] : []),
    ...faults.map((fault) => `--mix: ${fault}`),
  ];
  if (
    wrong.length > 0 ||
    server === undefined ||
    typeof callsPerSecond === 'string' ||
    typeof seconds === 'string' ||
    typeof agents === 'string' ||
    typeof seed === 'string'
  ) {
    return { ok: false, faults: wrong };
  }
  const { signed = usualShareOfSignedIcons, ...changed } = changes;
  const mix = { ...usualMix, callsPerSecond, duration: seconds * 1_000, seed, ...changed };
  const contradictions = faultsInMix({ ...mix, codes: ['*1'] });
  if (signed > 1) return { ok: false, faults: ['--mix: signed is a share, 0 to 1'] };
  if (contradictions.length > 0) return { ok: false, faults: contradictions.map((fault) => `--mix: ${fault}`) };
  const merchant = text(flags, 'merchant') ?? 'palm-pier';
  return { ok: true, options: { server, merchant, apiKey: text(flags, 'api-key'), agents, mix, signed } };
};
