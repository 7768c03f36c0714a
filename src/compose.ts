import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openInstallationSecret, passingSecret } from '#adapters/access/installation-secret.js';
import { joseAccessControl } from '#adapters/access/jose.access-control.js';
import { openJsonFileCredentials } from '#adapters/access/json-file.credentials.js';
import { memoryCredentials } from '#adapters/access/memory.credentials.js';
import { systemClock } from '#adapters/clock/system.clock.js';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import { readSqliteLog } from '#adapters/event-store/sqlite/read-sqlite-log.js';
import { demoShop } from '#adapters/http/demo-shop.server.js';
import { httpServer } from '#adapters/http/express.http-server.js';
import { ordinaryHttpSettings } from '#adapters/http/settings.js';
import { socketIoLiveUpdates } from '#adapters/live-updates/socket-io.live-updates.js';
import { simulatedNetwork } from '#adapters/telephony/simulated/simulated-network.js';
import { simulatedTelephony, type SimulatedTelephony } from '#adapters/telephony/simulated/simulated.telephony.js';
import { ulidUniqueIds } from '#adapters/unique-ids/ulid.unique-ids.js';
import { loadOpeningData } from '#config/load.js';
import type { Settings } from '#config/settings.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { TakeReport } from '#domain/contracts/telephony.js';
import { policies } from '#domain/policies/policies.js';
import { startApplication } from './application/application.js';
import { createCommandBus } from './application/handle-command.js';
import { createLiveViews } from './application/live-views.js';
import type { Log } from './application/log.js';
import { readWholeLog } from './application/read-whole-log.js';
import { resumeCalls } from './application/resume-calls.js';
import { askSwitchWhenAgentAsks } from './effects/ask-switch-when-agent-asks.effect.js';
import { clearCallWhenClearingIsRequested } from './effects/clear-call-when-clearing-is-requested.effect.js';
import { dialWhenPortIsLeased } from './effects/dial-when-port-is-leased.effect.js';
import { extendNetworkWhenConfigured } from './effects/extend-network-when-configured.effect.js';
import { ringAgentWhenRouteIsSelected } from './effects/ring-agent-when-route-is-selected.effect.js';
import { createLifecycle, type Lifecycle } from './lifecycle.js';
import { openProfile, type DemoAccess } from './open-profile.js';
import { networkOfLog } from './simulate/network-of-log.js';

const webDirectory = fileURLToPath(new URL('../web/', import.meta.url));

/** The product as it runs. */
export type Trunkline = Readonly<{
  /** Where browsers reach it. */
  url: string;
  demo?: Readonly<{ shopUrl: string; access: DemoAccess }>;
  stop: () => Promise<readonly Error[]>;
}>;

/**
 * Puts the product together. To swap a technology is to change a line here.
 * @throws {EventStoreFailure} when the log cannot be opened, for example because another process has it
 */
export const compose = async (settings: Settings, log: Log, onFatal: (error: Error) => void): Promise<Trunkline> => {
  const lifecycle = createLifecycle();
  try {
    return await composeWith(lifecycle, settings, log, onFatal);
  } catch (error) {
    await lifecycle.stop();
    throw error;
  }
};

/** What is kept, and where: in the data folder, or nowhere. */
const openStorage = async ({ eventStore, data }: Settings, clock: Clock) => {
  if (eventStore === 'memory') {
    return { store: memoryStore({ clock }), secret: passingSecret(), credentials: memoryCredentials() };
  }
  await mkdir(data, { recursive: true, mode: 0o700 });
  return {
    store: await openSqliteStore({ file: join(data, 'events.db'), clock }),
    secret: await openInstallationSecret(join(data, 'installation.secret')),
    credentials: await openJsonFileCredentials(join(data, 'credentials.json')),
  };
};

/** The demo's shop, on an origin of its own; icons come from wherever the product will be reached. */
const openShop = async ({ host, shopPort }: Settings, iconServer: () => string) => {
  const shop = await demoShop({ directory: join(webDirectory, 'demo-shop'), iconServer, host, port: shopPort });
  return { shop, shopUrl: await shop.listen() };
};

const reachedAs = ({ publicUrl }: Settings) => ({
  ownOrigins: publicUrl === undefined ? [] : [new URL(publicUrl).origin],
  https: publicUrl?.startsWith('https:') ?? false,
});

const limitsIn = ({ clicksPerMinute, signInsPerMinute }: Settings) => ({
  ...ordinaryHttpSettings.limits,
  clicksPerAddress: clicksPerMinute,
  signInsPerAddress: signInsPerMinute,
});

const composeWith = async (
  lifecycle: Lifecycle,
  settings: Settings,
  log: Log,
  onFatal: (error: Error) => void,
): Promise<Trunkline> => {
  const { started, stop } = lifecycle;

  // Foundations
  const clock = systemClock;
  const ids = ulidUniqueIds(clock);
  const { store, secret, credentials } = await openStorage(settings, clock);
  started('event store', store, (it) => it.close());
  const access = joseAccessControl({ secret, credentials, clock, ids });
  const commands = createCommandBus({ store: store.events, ids, log });

  // Opening data, before anything looks at the log
  let url = '';
  const demo = settings.profile === 'demo' ? await openShop(settings, () => url) : undefined;
  if (demo) started('demo shop', demo.shop, (it) => it.close());
  const dataFolder = settings.eventStore === 'memory' ? undefined : settings.data;
  const demoAccess =
    demo &&
    (await openProfile({
      commands,
      access,
      clock,
      ids,
      data: loadOpeningData(settings.openingData),
      shopOrigin: new URL(demo.shopUrl).origin,
      dataFolder,
    }));

  // Rules, views and the telephone network
  const openTelephony = async (takeReport: TakeReport): Promise<SimulatedTelephony> => {
    const past = await readWholeLog(store.events, createLiveViews());
    const network = simulatedTelephony({
      network: simulatedNetwork({ seed: settings.seed, ...networkOfLog(past) }),
      clock,
      takeReport,
      reportNotTaken: (report, error) => {
        log.error({ report: report.type, error }, 'report not taken');
      },
    });
    await resumeCalls({ views: past, network, commands, clock, log });
    return network;
  };
  const { feed, agentDesk, customerDesk, backOffice } = await startApplication({
    store,
    clock,
    ids,
    access,
    commands,
    log,
    settings,
    policies,
    openTelephony,
    effects: ({ telephony }) => [
      dialWhenPortIsLeased({ telephony, commands }),
      clearCallWhenClearingIsRequested({ telephony, commands }),
      ringAgentWhenRouteIsSelected({ telephony, commands }),
      askSwitchWhenAgentAsks({ telephony }),
      extendNetworkWhenConfigured({ network: telephony }),
    ],
    lifecycle,
    onFatal,
  });

  // What people and programs talk to
  const http = started(
    'http server',
    httpServer({
      access,
      backOffice,
      customerDesk,
      commands,
      clock,
      ids,
      log,
      settings: {
        webDirectory,
        host: settings.host,
        port: settings.port,
        trustedProxies: settings.trustedProxies,
        ...reachedAs(settings),
        limits: limitsIn(settings),
      },
    }),
    (it) => it.close(),
  );
  started(
    'live updates',
    socketIoLiveUpdates({
      server: http.server,
      access,
      backOffice,
      agentDesk,
      liveFeed: feed,
      customerDesk,
      callWindowFeed: feed,
      commands,
      clock,
      log,
      settings: { trustedProxies: settings.trustedProxies, ...reachedAs(settings) },
    }),
    (it) => it.close(),
  );
  const listeningAt = await http.listen();
  url = settings.publicUrl ?? listeningAt;
  return { url, ...(demo && demoAccess ? { demo: { shopUrl: demo.shopUrl, access: demoAccess } } : {}), stop };
};

/** The clock of tools that play against a running product. */
export const machineClock = systemClock;

/** The log as operators' tools read it, beside a running product or without one. */
export const readLogOf = readSqliteLog;
