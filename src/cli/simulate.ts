import { loadSettings } from '#config/load.js';
import { machineClock } from '../compose.js';
import { driveLoad } from '../simulate/drive-load.js';
import { ServerRefused } from '../simulate/merchant-server.js';
import { formatFindings, formatProgress } from './format-load.js';
import { keyOfDemo } from './key-of-demo.js';
import { readSimulateOptions, type Flags, type SimulateOptions } from './simulate-options.js';

type Terminal = Readonly<{ print: (line: string) => void; complain: (line: string) => void }>;

/** Calls were lost, or a screen showed the wrong customer. */
const notGoodCode = 1;
const notUnderstoodCode = 2;
const forcedExitCode = 130;

const hints: Readonly<Record<string, string>> = {
  'rate-limited':
    'The server lets one address do only so much: start it with a higher clicksPerMinute and signInsPerMinute.',
  'not-found': 'Is it the right merchant, and a key of that merchant? See --merchant and --api-key.',
  'not-reached': 'Is it running, and there? See --server.',
};

const dataIn = (flags: Flags): string =>
  loadSettings(typeof flags['data'] === 'string' ? { data: flags['data'] } : {}).data;

/** Aborted by the first ctrl-C; the second does not wait. */
const interruption = (print: Terminal['print']): Readonly<{ signal: AbortSignal; forget: () => void }> => {
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(forcedExitCode);
    print('Stopping: customers hang up, agents go home. Once more to leave at once.');
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: stop.signal,
    forget: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
};

const run = async (options: SimulateOptions & Readonly<{ apiKey: string }>, { print }: Terminal): Promise<number> => {
  const { signal, forget } = interruption(print);
  try {
    const findings = await driveLoad(options, {
      clock: machineClock,
      print,
      onProgress: (seconds, progress) => {
        print(formatProgress(seconds, progress));
      },
      stop: signal,
    });
    for (const line of formatFindings(findings)) print(line);
    return findings.verdicts.lost + findings.verdicts.wrong > 0 ? notGoodCode : 0;
  } finally {
    forget();
  }
};

/** Plays customers and agents against a running server; answers the exit code. */
export const simulate = async (flags: Flags, terminal: Terminal): Promise<number> => {
  const { complain } = terminal;
  const reading = readSimulateOptions(flags);
  if (!reading.ok) {
    for (const fault of reading.faults) complain(fault);
    return notUnderstoodCode;
  }
  const { options } = reading;
  const apiKey = options.apiKey ?? (await keyOfDemo(dataIn(flags), options.merchant));
  if (apiKey === undefined) {
    complain('Which API key? Give --api-key, or with --data the folder of a demo that runs on this machine.');
    return notUnderstoodCode;
  }
  try {
    return await run({ ...options, apiKey }, terminal);
  } catch (error) {
    if (!(error instanceof ServerRefused)) throw error;
    complain(error.message);
    const hint = hints[error.code];
    if (hint !== undefined) complain(hint);
    return notGoodCode;
  }
};
