import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newInstallationSecret, openInstallationSecret } from '#adapters/access/installation-secret.js';
import { joseAccessControl } from '#adapters/access/jose.access-control.js';
import { openJsonFileCredentials } from '#adapters/access/json-file.credentials.js';
import { memoryCredentials } from '#adapters/access/memory.credentials.js';
import { systemClock } from '#adapters/clock/system.clock.js';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import { demoShop } from '#adapters/http/demo-shop.server.js';
import { httpServer } from '#adapters/http/express.http-server.js';
import { socketIoLiveUpdates } from '#adapters/live-updates/socket-io.live-updates.js';
import { simulatedNetwork } from '#adapters/telephony/simulated/simulated-network.js';
import { simulatedTelephony } from '#adapters/telephony/simulated/simulated.telephony.js';
import { ulidUniqueIds } from '#adapters/unique-ids/ulid.unique-ids.js';
import type { Settings } from '#config/settings.js';
import type { LogEvent } from '#domain/events.js';
import { policies } from '#domain/policies/policies.js';
import { createAgentDesk } from './application/agent-desk.js';
import { createBackOffice } from './application/back-office.js';
import { createCustomerDesk } from './application/customer-desk.js';
import { followLog } from './application/follow-log.js';
import { createCommandBus } from './application/handle-command.js';
import { createLiveFeed } from './application/live-feed.js';
import { createLiveViews } from './application/live-views.js';
import type { Log } from './application/log.js';
import { readWholeLog } from './application/read-whole-log.js';
import { reconcileCalls } from './application/reconcile-calls.js';
import { resumeCalls } from './application/resume-calls.js';
import { runSchedule } from './application/run-schedule.js';
import { createTakeReport } from './application/take-report.js';
import { askSwitchWhenAgentAsks } from './effects/ask-switch-when-agent-asks.effect.js';
import { clearCallWhenClearingIsRequested } from './effects/clear-call-when-clearing-is-requested.effect.js';
import { dialWhenPortIsLeased } from './effects/dial-when-port-is-leased.effect.js';
import { createEffectRunner } from './effects/effect.js';
import { ringAgentWhenRouteIsSelected } from './effects/ring-agent-when-route-is-selected.effect.js';
import { createLifecycle } from './lifecycle.js';
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
  const { started, stop } = createLifecycle();
  const durable = settings.eventStore === 'sqlite';
  if (durable) await mkdir(settings.data, { recursive: true, mode: 0o700 });

  // Foundations
  const clock = systemClock;
  const ids = ulidUniqueIds(clock);
  const store = durable
    ? await openSqliteStore({ file: join(settings.data, 'events.db'), clock })
    : memoryStore({ clock });
  started('event store', store, ({ close }) => close());
  const secret = durable
    ? await openInstallationSecret(join(settings.data, 'installation.secret'))
    : newInstallationSecret();
  const credentials = durable
    ? await openJsonFileCredentials(join(settings.data, 'credentials.json'))
    : memoryCredentials();
  const access = joseAccessControl({ secret, credentials, clock, ids });

  // Rules and views
  const commands = createCommandBus({ store: store.events, ids, log });
  const onFault = (event: LogEvent, error: unknown): void => {
    log.error({ position: event.position, type: event.type, error }, 'a view could not take this event');
  };
  const views = createLiveViews({ line: 'simulated', onFault });

  // Opening data, before anything looks at the log
  const shop =
    settings.profile === 'demo'
      ? await demoShop({ webDirectory, host: settings.host, port: settings.shopPort })
      : undefined;
  if (shop) started('demo shop', shop, ({ close }) => close());
  const dataFolder = durable ? { dataFolder: settings.data } : {};
  const demoAccess = shop && (await openProfile({ commands, access, clock, ids, shopOrigin: shop.url, ...dataFolder }));

  // Telephony
  const past = await readWholeLog(store.events, createLiveViews({ onFault }));
  const takeReport = createTakeReport({ commands, views: views.queries, clock, log });
  const telephony = started(
    'telephony',
    simulatedTelephony({
      network: simulatedNetwork({ seed: settings.seed, ...networkOfLog(past) }),
      clock,
      takeReport,
      reportNotTaken: (report, error) => {
        log.error({ report: report.type, error }, 'report not taken');
      },
    }),
    ({ close }) => close(),
  );
  await resumeCalls({ views: past, network: telephony, commands, clock, log });

  // Consequences of events
  const feed = started('live feed', createLiveFeed(views, clock), ({ close }) => {
    close();
  });
  const effects = createEffectRunner({
    ledger: store.effects,
    log,
    effects: [
      dialWhenPortIsLeased({ telephony, commands }),
      clearCallWhenClearingIsRequested({ telephony, commands }),
      ringAgentWhenRouteIsSelected({ telephony, commands }),
      askSwitchWhenAgentAsks({ telephony }),
    ],
  });
  const follower = started(
    'log follower',
    await followLog({
      store: store.events,
      checkpoints: store.checkpoints,
      clock,
      commands,
      views,
      policies,
      effects,
      log,
      onEvent: feed.heard,
      onBatch: feed.flush,
      onStopped: onFatal,
    }),
    ({ close }) => close(),
  );
  await follower.caughtUp;
  feed.goLive();
  started(
    'schedule',
    runSchedule({ clock, commands, takeReport, deadlines: views.folds.deadlines, ringTime: settings.ringTime }),
    (cancel) => {
      cancel();
    },
  );
  started(
    'reconciliation',
    reconcileCalls({ clock, commands, telephony, calls: views.queries.calls, log, every: settings.reconcileEvery }),
    (cancel) => {
      cancel();
    },
  );

  // What people and programs talk to
  const backOffice = createBackOffice({
    store: store.events,
    commands,
    views,
    clock,
    health: () => ({ ready: true, position: views.position(), lag: views.position() - follower.settled() }),
  });
  const { recordRefusal } = backOffice;
  const agentDesk = createAgentDesk({
    store: store.events,
    commands,
    views,
    clock,
    ids,
    lostAfter: settings.agentLostAfter,
  });
  const customerDesk = createCustomerDesk({
    commands,
    views,
    telephony,
    access,
    clock,
    recordRefusal,
    goneAfter: settings.customerGoneAfter,
  });
  customerDesk.expectEverybody();
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
        ownOrigins: settings.publicUrl === undefined ? [] : [new URL(settings.publicUrl).origin],
        https: settings.publicUrl?.startsWith('https:') ?? false,
      },
    }),
    ({ close }) => close(),
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
      settings: { trustedProxies: settings.trustedProxies },
    }),
    ({ close }) => close(),
  );
  const listening = await http.listen();
  const url = settings.publicUrl ?? listening.url;
  shop?.serveIconsFrom(url);
  return { url, ...(shop && demoAccess ? { demo: { shopUrl: shop.url, access: demoAccess } } : {}), stop };
};
