import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openInstallationSecret, passingSecret } from '#adapters/access/installation-secret.js';
import { joseAccessControl } from '#adapters/access/jose.access-control.js';
import { openJsonFileCredentials } from '#adapters/access/json-file.credentials.js';
import { memoryCredentials } from '#adapters/access/memory.credentials.js';
import { webhookSecrets } from '#adapters/access/webhook-secrets.js';
import { risingClock } from '#adapters/clock/rising.clock.js';
import { systemClock } from '#adapters/clock/system.clock.js';
import { undiciWebhookSender } from '#adapters/event-publisher/webhook/undici.webhook-sender.js';
import { kafkaConnection } from '#adapters/event-publisher/kafka/kafka-address.js';
import { kafkaEventPublisher } from '#adapters/event-publisher/kafka/kafka.event-publisher.js';
import { kafkaSentFacts } from '#adapters/event-publisher/kafka/kafka.sent-facts.js';
import { openEventStoreDbStore } from '#adapters/event-store/eventstoredb/open-eventstoredb-store.js';
import {
  lastOfEventStoreDbLog,
  readEventStoreDbLog,
} from '#adapters/event-store/eventstoredb/read-eventstoredb-log.js';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import { sealingEventStore } from '#adapters/event-store/personal-data/sealing.event-store.js';
import { openEvent } from '#adapters/event-store/personal-data/sealed-event.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import { lastOfSqliteLog, readSqliteLog } from '#adapters/event-store/sqlite/read-sqlite-log.js';
import { demoShop } from '#adapters/http/demo-shop.server.js';
import { httpServer } from '#adapters/http/express.http-server.js';
import { ordinaryHttpSettings } from '#adapters/http/settings.js';
import { openKeys, passingKeys, readKeys, type KeySettings } from '#adapters/keys/open-keys.js';
import { socketIoLiveUpdates } from '#adapters/live-updates/socket-io.live-updates.js';
import { typeormReadModels, type ReadModelLocation } from '#adapters/read-models/typeorm/typeorm.read-models.js';
import { sealedFileSnapshots } from '#adapters/snapshots/sealed-files.snapshots.js';
import { simulatedNetwork } from '#adapters/telephony/simulated/simulated-network.js';
import { simulatedTelephony, type SimulatedTelephony } from '#adapters/telephony/simulated/simulated.telephony.js';
import { ulidUniqueIds } from '#adapters/unique-ids/ulid.unique-ids.js';
import { loadKafkaAccess, loadOpeningData } from '#config/load.js';
import type { Settings } from '#config/settings.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { WebhookSecrets } from '#domain/contracts/webhook-sender.js';
import type { TakeReport } from '#domain/contracts/telephony.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { policies } from '#domain/policies/policies.js';
import { readModels as models } from '#projections/read-models.js';
import { startApplication } from './application/application.js';
import { checkKeys } from './application/check-keys.js';
import { createCommandBus } from './application/handle-command.js';
import { createLiveViews } from './application/live-views.js';
import type { Log } from './application/log.js';
import { resumeCalls } from './application/resume-calls.js';
import { startPublishing } from './application/start-publishing.js';
import { createTakeFact } from './application/take-fact.js';
import { openPast } from './application/snapshots/past.js';
import type { WebhookParts } from './application/webhooks/webhooks.js';
import { askSwitchWhenAgentAsks } from './effects/ask-switch-when-agent-asks.effect.js';
import { clearCallWhenClearingIsRequested } from './effects/clear-call-when-clearing-is-requested.effect.js';
import { dialWhenPortIsLeased } from './effects/dial-when-port-is-leased.effect.js';
import { extendNetworkWhenConfigured } from './effects/extend-network-when-configured.effect.js';
import { ringAgentWhenRouteIsSelected } from './effects/ring-agent-when-route-is-selected.effect.js';
import { allOpened, createLifecycle, type Lifecycle } from './lifecycle.js';
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
  const secret = await openInstallationSecret(join(data, 'installation.secret'));
  const log = logAt({ eventStore, data });
  return {
    store: await log.open(clock),
    secret,
    credentials: await openJsonFileCredentials(join(data, 'credentials.json')),
    snapshots: sealedFileSnapshots({ directory: join(data, log.snapshots), secret }),
  };
};

/** The durable log. A snapshot says where in its log it was taken: not to be mistaken for one of another log. */
export const logAt = ({ eventStore, data }: Pick<Settings, 'eventStore' | 'data'>) => {
  const file = join(data, 'events.db');
  return !eventStore.startsWith('esdb')
    ? {
        open: (clock: Clock) => openSqliteStore({ file, clock }),
        read: (after = 0) => readSqliteLog(file, after),
        last: () => lastOfSqliteLog(file),
        snapshots: 'snapshots',
      }
    : {
        open: (clock: Clock) => openEventStoreDbStore({ connectionString: eventStore, data, clock }),
        read: (after = 0) => readEventStoreDbLog(eventStore, after),
        last: () => lastOfEventStoreDbLog(eventStore),
        snapshots: 'snapshots-eventstoredb',
      };
};

/** Keys are in a store of their own: whoever has a copy of the log can read no personal data. */
const keysIn = ({ data, keysFile }: Settings): KeySettings => ({
  folder: data,
  keysFile,
  installationSecret: () => openInstallationSecret(join(data, 'installation.secret')),
});

/** Where what people query is kept. A log that is forgotten at the end leaves no rows behind. */
export const readModelsIn = ({ readModels, eventStore, data }: Settings): ReadModelLocation => {
  if (readModels !== undefined) return { url: readModels };
  return eventStore === 'memory' ? 'memory' : { file: join(data, 'read-models.db') };
};

/** The demo's shop, on an origin of its own; icons come from wherever the product will be reached. */
const openShop = async ({ host, shopPort }: Settings, iconServer: () => string) => {
  const shop = await demoShop({ directory: join(webDirectory, 'demo-shop'), iconServer, host, port: shopPort });
  return { shop, shopUrl: await shop.listen() };
};

/** What tells this installation's events from others'. */
const installationOf = ({ publicUrl }: Settings): string => publicUrl ?? '/trunkline';

const webhooksBy = (secrets: WebhookSecrets, settings: Settings, clock: Clock): WebhookParts => ({
  secrets,
  sender: undiciWebhookSender({
    secrets,
    clock,
    installation: installationOf(settings),
    settings: { http: settings.webhookHttp === 'allowed', allowedNetworks: settings.webhookAllowedNetworks ?? [] },
  }),
});

/** Other systems' Kafka, where there is one. */
const kafkaIn = ({ publishTo, kafkaAccess, publicUrl }: Settings) =>
  publishTo === undefined
    ? []
    : [{ ...kafkaConnection(publishTo, loadKafkaAccess(kafkaAccess)), installation: publicUrl ?? '/trunkline' }];

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
  const logClock = risingClock(clock);
  const ids = ulidUniqueIds(clock);
  const inMemory = settings.eventStore === 'memory';
  const openingKeys = inMemory ? Promise.resolve(passingKeys()) : openKeys(keysIn(settings), onFatal);
  const [keys, { store: unsealed, secret, credentials, ...kept }] = await allOpened(
    openingKeys.then((opened) => started('keys', opened, (it) => it.close())),
    openStorage(settings, logClock).then((opened) => {
      started('event store', opened.store, (it) => it.close());
      return opened;
    }),
  );
  const events = sealingEventStore(unsealed.events, keys);
  const store = { ...unsealed, events };
  await checkKeys({ events, keys, log });
  const readModels = started(
    'read model store',
    typeormReadModels({ location: readModelsIn(settings), models, clock }),
    (it) => it.close(),
  );
  const access = joseAccessControl({ secret, credentials, clock, ids });
  const past = await openPast({
    store: events,
    checkpoints: store.checkpoints,
    ...kept,
    every: settings.snapshotEvery,
    log,
  });
  const commands = createCommandBus({ store: store.events, ids, log, known: past.streams });

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
    const views = createLiveViews({ from: past.known() });
    const network = simulatedTelephony({
      network: simulatedNetwork({ seed: settings.seed, ...networkOfLog(views) }),
      clock,
      takeReport,
      reportNotTaken: (report, error) => {
        log.error({ report: report.type, error }, 'report not taken');
      },
    });
    await resumeCalls({ views, network, commands, clock, log });
    return network;
  };
  const { views, feed, agentDesk, customerDesk, backOffice, webhookDesk, erasures, resumeErasures } =
    await startApplication({
      store,
      readModels,
      clock,
      logClock,
      ids,
      access,
      commands,
      keys: { ...keys, erase: events.erase },
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
      webhooks: webhooksBy(webhookSecrets(secret), settings, clock),
      lifecycle,
      past,
      onFatal,
    });

  // What other systems are told, and tell
  const kafkas = kafkaIn(settings);
  const publishing = await startPublishing({
    store,
    publishers: kafkas.map((kafka) => ['kafka', kafkaEventPublisher(kafka, { clock, log })]),
    clock,
    log,
    lifecycle,
    warnAfter: settings.publishWarnAfter,
  });
  const takeFact = createTakeFact({ store, commands, views, access, clock, log, backOffice });
  kafkas.forEach((kafka) => started('facts', kafkaSentFacts(kafka, { clock, log, takeFact }), (it) => it.close()));

  // What people and programs talk to
  const http = started(
    'http server',
    httpServer({
      access,
      backOffice,
      webhookDesk,
      erasures,
      customerDesk,
      commands,
      clock,
      ids,
      log,
      publishing,
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
  past.keeper?.begin();
  await resumeErasures();
  url = settings.publicUrl ?? listeningAt;
  return { url, ...(demo && demoAccess ? { demo: { shopUrl: demo.shopUrl, access: demoAccess } } : {}), stop };
};

/** The keys of personal data, for operators' tools; the product is not running then. */
export const openKeysOf = (settings: Settings) => openKeys(keysIn(settings));

/** The clock of tools that play against a running product. */
export const machineClock = systemClock;

/** The log as operators' tools read it, beside a running product or without one; what is erased says so. */
export const readLogOf = async function* (settings: Settings): AsyncGenerator<RecordedEvent> {
  const keys = await readKeys(keysIn(settings));
  try {
    for await (const event of logAt(settings).read()) yield openEvent(event, keys);
  } finally {
    await keys.close();
  }
};
