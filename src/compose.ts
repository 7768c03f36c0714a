import { joseAccessControl } from '#adapters/access/jose.access-control.js';
import { risingClock } from '#adapters/clock/rising.clock.js';
import { systemClock } from '#adapters/clock/system.clock.js';
import { kafkaEventPublisher } from '#adapters/event-publisher/kafka/kafka.event-publisher.js';
import { kafkaSentFacts } from '#adapters/event-publisher/kafka/kafka.sent-facts.js';
import { httpServer } from '#adapters/http/express.http-server.js';
import { socketIoLiveUpdates } from '#adapters/live-updates/socket-io.live-updates.js';
import { simulatedNetwork } from '#adapters/telephony/simulated/simulated-network.js';
import { simulatedTelephony, type SimulatedTelephony } from '#adapters/telephony/simulated/simulated.telephony.js';
import { ulidUniqueIds } from '#adapters/unique-ids/ulid.unique-ids.js';
import { loadOpeningData } from '#config/load.js';
import type { Settings } from '#config/settings.js';
import type { TakeReport } from '#domain/contracts/telephony.js';
import { policies } from '#domain/policies/policies.js';
import { startApplication } from './application/application.js';
import { checkKeys } from './application/check-keys.js';
import { createCommandBus } from './application/handle-command.js';
import { createLiveViews } from './application/live-views.js';
import type { Log } from './application/log.js';
import { resumeCalls } from './application/resume-calls.js';
import { startPublishing } from './application/start-publishing.js';
import { createTakeFact } from './application/take-fact.js';
import { openPast } from './application/snapshots/past.js';
import { kafkaIn, limitsIn, openShop, reachedAs, webDirectory, webhooksBy } from './compose/outside.js';
import { openStorage } from './compose/storage.js';
import { askSwitchWhenAgentAsks } from './effects/ask-switch-when-agent-asks.effect.js';
import { clearCallWhenClearingIsRequested } from './effects/clear-call-when-clearing-is-requested.effect.js';
import { dialWhenPortIsLeased } from './effects/dial-when-port-is-leased.effect.js';
import { extendNetworkWhenConfigured } from './effects/extend-network-when-configured.effect.js';
import { ringAgentWhenRouteIsSelected } from './effects/ring-agent-when-route-is-selected.effect.js';
import { createLifecycle, type Lifecycle } from './lifecycle.js';
import { openProfile, type DemoAccess } from './open-profile.js';
import { networkOfLog } from './simulate/network-of-log.js';

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
  const storage = await openStorage(settings, { clock, logClock, lifecycle, onFatal });
  const { store, keys, readModels, secret, credentials, snapshots } = storage;
  await checkKeys({ events: store.events, keys, log });
  const access = joseAccessControl({ secret, credentials, clock, ids });
  const past = await openPast({
    store: store.events,
    checkpoints: store.checkpoints,
    ...(snapshots ? { snapshots } : {}),
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
      keys,
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
      webhooks: webhooksBy(secret, settings, clock),
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
      settings: reachedAs(settings),
    }),
    (it) => it.close(),
  );
  const listeningAt = await http.listen();
  past.keeper?.begin();
  await resumeErasures();
  url = settings.publicUrl ?? listeningAt;
  return { url, ...(demo && demoAccess ? { demo: { shopUrl: demo.shopUrl, access: demoAccess } } : {}), stop };
};

/** The clock of tools that play against a running product. */
export const machineClock = systemClock;
