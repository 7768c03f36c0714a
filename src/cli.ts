#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { loadSettings, SettingsError } from '#config/load.js';
import { readLogOf } from './compose.js';
import { printJourney } from './cli/journey.js';
import { simulate } from './cli/simulate.js';
import { start } from './cli/start.js';
import { settingFlags, usage } from './cli/usage.js';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

const flags = settingFlags();
const simulateFlags = ['server', 'merchant', 'api-key', 'calls-per-second', 'duration', 'agents', 'mix'];
const text = { type: 'string' } as const;

const options = {
  help: { type: 'boolean', short: 'h' },
  ...Object.fromEntries([...flags.map(({ flag }) => flag.slice(2)), ...simulateFlags].map((flag) => [flag, text])),
} as const;

type Values = Readonly<Record<string, string | boolean | undefined>>;

const settingsIn = (values: Values): Record<string, string> =>
  Object.fromEntries(
    flags.flatMap(({ flag, name }) => {
      const value = values[flag.slice(2)];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );

const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  const [command = 'start', argument] = positionals;
  if (values.help === true) {
    print(usage());
    return 0;
  }
  switch (command) {
    case 'start':
      return start(settingsIn(values));
    case 'journey':
      return printJourney(argument, {
        settings: loadSettings(settingsIn(values)),
        readLog: readLogOf,
        print,
        complain,
      });
    case 'simulate':
      return simulate(values, { print, complain });
    case 'settings':
      for (const [name, value] of Object.entries(loadSettings(settingsIn(values)))) print(`${name} = ${String(value)}`);
      return 0;
    default:
      complain(`There is no command “${command}”.\n\n${usage()}`);
      return 2;
  }
};

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const expected = error instanceof SettingsError || (error instanceof Error && 'code' in error);
  complain(error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error));
  process.exitCode = 2;
}
