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
    '  trunkline verify [--expect <head>]   whether the log is what was written; names the first bad event',
    '  trunkline backup <file>             a verified copy of the data folder, beside the running product',
    '  trunkline restore <file>            an empty data folder becomes what it was',
    '  trunkline rebuild <model|all>       what people query, built anew beside the old; the product may be running',
    '  trunkline erase <person>            a contact, agent, or customer of --merchant is erased, beside the running product',
    '  trunkline keys rotate               wraps the keys of personal data anew; the product is stopped meanwhile',
    '  trunkline webhooks                  a merchant’s webhooks: how they are, and what is owed to them',
    '  trunkline webhooks dead-letters <webhook>             deliveries that were given up',
    '  trunkline webhooks resend <webhook> [<position> …]    sends them again: all, or those at these positions',
    '  trunkline mainframe                 describe a mainframe’s screens in a map: host, check, try, schema',
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
    '',
    'Erase',
    '  <person>                  contact-acme.0a1b…, agent-acme.anna, access-acme.log:2026-11 (visitors turned away),',
    '                            or what the merchant calls a customer: all contacts of that customer',
    '  --merchant <id>           whose customer; --server and --api-key as above',
    '',
    'Webhooks, through a running server',
    '  --server, --merchant, --api-key   as of simulate',
    '',
    'Verify, backup and restore (exit code 0: done and nothing wrong; 1: the log or backup is damaged; 2: not possible)',
    '  --expect <tenant>=<head>  a head that verify printed earlier: what it stood for is still there [may be given again]',
    '  --keys <place>            backup: keys of personal data go apart, inside or none [apart]',
    '                            restore: the file of those keys, or none: what is personal stays unreadable',
  ].join('\n');
};
