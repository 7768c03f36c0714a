import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccessControl } from '#domain/contracts/access-control.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { UniqueIds } from '#domain/contracts/unique-ids.js';
import { agentId, merchantId, merchantStream } from '#domain/kernel/ids.js';
import type { OpeningData } from '#config/opening-data/opening-data.schema.js';
import { openingCommands } from './opening-commands.js';

export type DemoLogIn = Readonly<{ login: string; password: string; displayName: string; roles: readonly string[] }>;
/** What a newcomer needs to look around. Made up anew for each data folder, and only ever for the demo. */
export type DemoAccess = Readonly<{ logIns: readonly DemoLogIn[]; apiKey: string; merchant: string }>;

export type OpenProfile = Readonly<{
  commands: CommandBus;
  access: AccessControl;
  clock: Clock;
  ids: UniqueIds;
  data: OpeningData;
  shopOrigin: string;
  /** Where the demo's log-ins are kept, so that each start can show them; none: nowhere. */
  dataFolder: string | undefined;
}>;

/** In the data folder: what a newcomer needs to look around. */
export const demoLogInsFile = 'demo-log-ins.json';

const remembered = async (folder: string | undefined): Promise<DemoAccess | undefined> => {
  if (folder === undefined) return undefined;
  try {
    return JSON.parse(await readFile(join(folder, demoLogInsFile), 'utf8')) as DemoAccess;
  } catch {
    // Never written, or not whole: new ones are made, which is all that can be done about it.
    return undefined;
  }
};

const makeAccess = async ({ access, ids, commands, clock, data }: OpenProfile): Promise<DemoAccess> => {
  const [merchant] = data.merchants;
  if (!merchant) throw new Error('the opening data name no merchant');
  const owner = merchantId(merchant.id);
  const logIns: DemoLogIn[] = [];
  for (const { id, displayName, roles } of merchant.agents) {
    const password = ids
      .secret()
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, 12);
    await access.setPassword(agentId(owner, id), password);
    logIns.push({ login: `${id}@${merchant.id}`, password, displayName, roles });
  }
  const { key, keyId, sha256 } = access.makeApiKey(owner);
  await commands.dispatch(
    { type: 'IssueApiKey', target: merchantStream(owner), at: clock.now(), data: { keyId, label: 'demo', sha256 } },
    { actor: 'operator' },
  );
  return { logIns, apiKey: key, merchant: merchant.id };
};

/**
 * Gives a new log its demo data, and finds or makes the demo's log-ins.
 * @throws {Error} when the log refuses the opening data
 */
export const openProfile = async (tools: OpenProfile): Promise<DemoAccess> => {
  const originOf = (origin: string): string => (origin === '%SHOP%' ? tools.shopOrigin : origin);
  for (const command of openingCommands(tools.data, tools.clock.now(), originOf)) {
    const outcome = await tools.commands.dispatch(command, { actor: 'operator' });
    if (outcome.outcome === 'accepted') continue;
    const why = outcome.outcome === 'rejected' ? outcome.reason : outcome.failure;
    throw new Error(`opening data: ${command.type} for ${command.target} was refused: ${why}`);
  }
  const known = await remembered(tools.dataFolder);
  if (known) return known;
  const made = await makeAccess(tools);
  if (tools.dataFolder !== undefined) {
    await writeFile(join(tools.dataFolder, demoLogInsFile), `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  }
  return made;
};
