#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { loadSettings, SettingsError } from '#config/load.js';
import { withoutCredentials } from '#config/settings.js';
import { EventStoreFailure } from '#domain/contracts/event-store.js';
import { backup } from './cli/backup.js';
import { openKeysOf, readLogOf } from './compose/storage.js';
import { backUp, mainframeTools, readModelNames, rebuildOf, restoreFrom, verifyLogOf } from './operate.js';
import { erase } from './cli/erase.js';
import { printJourney } from './cli/journey.js';
import { manageKeys } from './cli/keys.js';
import { mainframe } from './cli/mainframe.js';
import { rebuild } from './cli/rebuild.js';
import { restore } from './cli/restore.js';
import { simulate } from './cli/simulate.js';
import { start } from './cli/start.js';
import { settingFlags, usage } from './cli/usage.js';
import { verify } from './cli/verify.js';
import { webhooks } from './cli/webhooks.js';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

const flags = settingFlags();
const simulateFlags = ['server', 'merchant', 'api-key', 'calls-per-second', 'duration', 'agents', 'mix'];
const text = { type: 'string' } as const;

const options = {
  help: { type: 'boolean', short: 'h' },
  expect: { type: 'string', multiple: true },
  keys: text,
  recording: text,
  emulator: text,
  'log-on': text,
  nasty: { type: 'boolean' },
  ...Object.fromEntries([...flags.map(({ flag }) => flag.slice(2)), ...simulateFlags].map((flag) => [flag, text])),
} as const;

type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

const settingsIn = (values: Values): Record<string, string> =>
  Object.fromEntries(
    flags.flatMap(({ flag, name }) => {
      const value = values[flag.slice(2)];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );

const textIn = (values: Values, flag: string): string | undefined => {
  const value = values[flag];
  return typeof value === 'string' ? value : undefined;
};

const serverOptionsIn = (values: Values) => ({
  server: textIn(values, 'server'),
  merchant: textIn(values, 'merchant'),
  apiKey: textIn(values, 'api-key'),
  data: loadSettings(settingsIn(values)).data,
});

const mainframeOptionsIn = (values: Values) => ({
  recording: textIn(values, 'recording'),
  emulator: textIn(values, 'emulator'),
  logOn: textIn(values, 'log-on'),
  nasty: values['nasty'] === true,
});

const toolsFor = (values: Values) => ({ settings: loadSettings(settingsIn(values)), print, complain });

/** @throws {SettingsError} when the log is on a server, which has tools of its own */
const fileToolsFor = (command: string, values: Values) => {
  const tools = toolsFor(values);
  const { eventStore } = tools.settings;
  if (!eventStore.startsWith('esdb')) return tools;
  throw new SettingsError(
    `${command} is for a log in the data folder; ${withoutCredentials(eventStore)} has its own tools`,
  );
};

const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  const { help, expect = [], keys, ...others } = values;
  const [command = 'start', argument] = positionals;
  if (help === true) {
    print(usage());
    return 0;
  }
  switch (command) {
    case 'start':
      return start(settingsIn(values));
    case 'journey':
      return printJourney(argument, { ...toolsFor(values), readLog: readLogOf });
    case 'verify':
      return verify(expect, { ...fileToolsFor(command, values), verifyLog: verifyLogOf });
    case 'backup':
      return backup(argument, keys ?? 'apart', { ...fileToolsFor(command, values), backUp });
    case 'restore':
      return restore(argument, keys, { ...fileToolsFor(command, values), restoreFrom });
    case 'rebuild':
      return rebuild(argument, { ...toolsFor(values), names: readModelNames, rebuildOf });
    case 'erase':
      return erase(argument, serverOptionsIn(values), { print, complain });
    case 'keys':
      return manageKeys(argument, { ...toolsFor(values), openKeys: openKeysOf });
    case 'mainframe':
      return mainframe(positionals.slice(1), mainframeOptionsIn(values), { ...mainframeTools, print, complain });
    case 'simulate':
      return simulate(others, { print, complain });
    case 'webhooks':
      return webhooks(positionals.slice(1), serverOptionsIn(values), { print, complain });
    case 'settings':
      for (const [name, value] of Object.entries(loadSettings(settingsIn(values)))) {
        print(`${name} = ${withoutCredentials(String(value))}`);
      }
      return 0;
    default:
      complain(`There is no command “${command}”.\n\n${usage()}`);
      return 2;
  }
};

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const failure = error instanceof EventStoreFailure;
  const expected = error instanceof SettingsError || failure || (error instanceof Error && 'code' in error);
  complain(error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error));
  process.exitCode = failure && error.failure === 'corrupt' ? 1 : 2;
}
