import { settingRows } from '#config/settings.js';

const flagOf = (setting: string): string => `--${setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** `--customer-gone-after` for each setting. */
export const settingFlags = (): readonly Readonly<{ flag: string; name: string }>[] =>
  settingRows().map(({ name }) => ({ flag: flagOf(name), name }));

export const usage = (): string => {
  const rows = settingRows();
  const width = Math.max(...rows.map(({ name }) => flagOf(name).length)) + 2;
  return [
    'trunkline: ties a web click to the phone call it caused, and pops the customer’s data on the agent’s screen.',
    '',
    'Usage',
    '  trunkline [start] [settings]        run the product; npm start does the same',
    '  trunkline journey <contact>         every event of one call, in order, with cause and both times',
    '  trunkline simulate [options]        customers who call and agents who answer, against a running server',
    '  trunkline settings                  the settings in force, and where each comes from',
    '  trunkline --help                    this text',
    '',
    'Settings (flag, or environment variable, or a key of the JSON file named by TRUNKLINE_SETTINGS)',
    ...rows.map(
      ({ name, environment, byDefault, meaning }) =>
        `  ${flagOf(name).padEnd(width)}${meaning}${byDefault === '' ? '' : ` [${byDefault}]`}\n  ${''.padEnd(width)}${environment}`,
    ),
    '',
    'Simulate',
    '  --server <url>            where Trunkline runs [http://127.0.0.1:8080]',
    '  --merchant <id>           whose icons are clicked [palm-pier]',
    '  --api-key <key>           key of that merchant’s server API; mints the icons and the agents’ log-ins',
    '  --calls-per-second <n>    [1]',
    '  --duration <seconds>      [60]',
    '  --agents <n>              agents who answer [10]',
    '  --mix <spec>              e.g. transferred=0.3,conferenced=0.1,updates=5,abandoned=0.05',
    '  --seed <n>                same seed, same callers [1]',
  ].join('\n');
};
