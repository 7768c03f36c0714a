import type { AccessControl } from '#domain/contracts/access-control.js';
import type { AgentDesk } from '#domain/contracts/agent-desk.js';
import type { BackOffice } from '#domain/contracts/back-office.js';
import type { CallHistory } from '#domain/contracts/call-history.js';
import type { Checkpoints } from '#domain/contracts/checkpoints.js';
import type { RisingClock, SteadyClock } from '#domain/contracts/clock.js';
import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { Erasures } from '#domain/contracts/erasures.js';
import type { SubjectKeys } from '#domain/contracts/keys.js';
import type { EffectLedger } from '#domain/contracts/effect-ledger.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { ReadModelStore } from '#domain/contracts/read-models.js';
import type { TakeReport, Telephony } from '#domain/contracts/telephony.js';
import type { UniqueIds } from '#domain/contracts/unique-ids.js';
import type { WebhookDesk } from '#domain/contracts/webhook-desk.js';
import type { LogEvent } from '#domain/events.js';
import type { Policy } from '#domain/kernel/policy.js';
import type { Milliseconds } from '#domain/kernel/time.js';
import type { Subject } from '#domain/privacy/subject.js';
import { createEffectRunner, type Effect } from '../effects/effect.js';
import type { Lifecycle } from '../lifecycle.js';
import { createAgentDesk } from './agent-desk.js';
import { createBackOffice } from './back-office.js';
import { createCustomerDesk, type CustomerDeskOfApplication } from './customer-desk.js';
import { startErasures } from './erasures/start-erasures.js';
import { followLog } from './follow-log.js';
import type { CommandBusOfApplication } from './handle-command.js';
import { createLiveFeed, type LiveFeeds } from './live-feed.js';
import { createLiveViews, type LiveViews } from './live-views.js';
import type { Log } from './log.js';
import { projectReadModels } from './read-models/project-read-models.js';
import { reconcileCalls } from './reconcile-calls.js';
import { runSchedule } from './run-schedule.js';
import type { Past } from './snapshots/past.js';
import { createTakeReport } from './take-report.js';
import { warnOfShortRests } from './warn-of-short-rests.js';
import { watchClock } from './watch-clock.js';
import { createWebhooks, type WebhookParts } from './webhooks/webhooks.js';

export type ApplicationSettings = Readonly<{
  ringTime: Milliseconds;
  customerGoneAfter: Milliseconds;
  agentLostAfter: Milliseconds;
  reconcileEvery: Milliseconds;
}>;

export type ApplicationParts<Network extends Telephony> = Readonly<{
  store: Readonly<{ events: EventStore; effects: EffectLedger; checkpoints: Checkpoints }>;
  /** What people query of the past, and what fills it. */
  readModels: Readonly<{ store: ReadModelStore; history: CallHistory }>;
  clock: SteadyClock;
  /** What the log is stamped with. */
  logClock: RisingClock;
  ids: UniqueIds;
  access: AccessControl;
  commands: CommandBusOfApplication;
  /** Who has keys, and how they are destroyed: everything sealed with them is erased then. */
  keys: Pick<SubjectKeys, 'stateOf'> & Readonly<{ erase: (subjects: readonly Subject[]) => Promise<void> }>;
  log: Log;
  settings: ApplicationSettings;
  policies: readonly Policy[];
  /** Opens the telephone network; what it reports goes to the given function. */
  openTelephony: (takeReport: TakeReport) => Promise<Network>;
  effects: (outside: Readonly<{ telephony: Network; commands: CommandBus }>) => readonly Effect[];
  webhooks: WebhookParts;
  lifecycle: Lifecycle;
  /** What the log had come to; left out: it is read from its beginning. */
  past?: Past;
  /** The log can no longer be followed. */
  onFatal: (error: Error) => void;
}>;

export type Application = Readonly<{
  views: LiveViews;
  feed: LiveFeeds;
  telephony: Telephony;
  agentDesk: AgentDesk;
  customerDesk: CustomerDeskOfApplication;
  backOffice: BackOffice;
  webhookDesk: WebhookDesk;
  erasures: Erasures;
  /** Goes on with the erasures that a former process has left unfinished. */
  resumeErasures: () => Promise<void>;
  /** How far everything that follows from events has been done. */
  settled: () => number;
}>;

/** Brings the rules, the views and the telephone network to life. Ready when the log has been caught up with. */
export const startApplication = async <Network extends Telephony>(
  parts: ApplicationParts<Network>,
): Promise<Application> => {
  const { store, clock, ids, access, commands, log, settings, lifecycle } = parts;
  const onFault = (event: LogEvent, error: unknown): void => {
    log.error({ position: event.position, type: event.type, error }, 'a view could not take this event');
  };
  const watching = await watchClock({ clock, logClock: parts.logClock, commands, log, store: store.events });
  lifecycle.started('clock watch', watching, (stop) => {
    stop();
  });
  const from = await parts.past?.beginning();
  const views = createLiveViews({ line: 'simulated', onFault, ...(from && { from }) });
  const takeReport = createTakeReport({ commands, views: views.queries, clock, log });
  const telephony = lifecycle.started('telephony', await parts.openTelephony(takeReport), (it) => it.close());
  const feed = lifecycle.started('live feed', createLiveFeed(views, clock), (it) => {
    it.close();
  });
  const rests = warnOfShortRests({ gateways: views.queries.gateways, log });
  const webhooks = createWebhooks({ store, commands, clock, log, views, ...parts.webhooks });
  const effects = createEffectRunner({ ledger: store.effects, log, effects: parts.effects({ telephony, commands }) });
  const keeper = parts.past?.keeper;
  if (keeper) lifecycle.started('snapshots', keeper, (it) => it.close());
  const erasing = startErasures({ ...parts, views, copies: keeper ? [keeper] : [] });
  lifecycle.started('erasures', erasing, (it) => {
    it.close();
  });
  const follower = lifecycle.started(
    'log follower',
    await followLog({
      store: store.events,
      checkpoints: store.checkpoints,
      clock,
      commands,
      views,
      policies: parts.policies,
      effects,
      log,
      onEvent: (event) => {
        feed.heard(event);
        rests.heard(event);
        webhooks.heard(event);
        erasing.heard(event);
      },
      onBatch: feed.flush,
      ...(keeper && { onSettled: keeper.settled }),
      onStopped: parts.onFatal,
    }),
    (it) => it.close(),
  );
  await follower.caughtUp;
  feed.goLive();
  rests.goLive();
  webhooks.goLive();
  erasing.goLive();
  lifecycle.started('webhooks', webhooks, (it) => it.close());
  const { deadlines } = views.folds;
  const { logClock } = parts;
  const stopSchedule = runSchedule({ clock, logClock, commands, takeReport, deadlines, ringTime: settings.ringTime });
  lifecycle.started('schedule', stopSchedule, (stop) => {
    stop();
  });
  const { calls } = views.queries;
  const stopReconciling = reconcileCalls({ clock, commands, telephony, calls, log, every: settings.reconcileEvery });
  lifecycle.started('reconciliation', stopReconciling, (stop) => {
    stop();
  });

  const projection = lifecycle.started(
    'read models',
    projectReadModels({ events: store.events, readModels: parts.readModels.store, clock, log }),
    (it) => it.close(),
  );
  const backOffice = createBackOffice({
    store: store.events,
    commands,
    views,
    history: parts.readModels.history,
    projection,
    clock,
    health: () => ({ ready: true, position: views.position(), lag: views.position() - follower.settled() }),
  });
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
    recordRefusal: (merchantId, refusal) => {
      backOffice.recordRefusal(merchantId, refusal);
    },
    goneAfter: settings.customerGoneAfter,
  });
  customerDesk.expectEverybody();
  agentDesk.expectEverybody();
  const { desk: webhookDesk } = webhooks;
  return {
    views,
    feed,
    telephony,
    agentDesk,
    customerDesk,
    backOffice,
    webhookDesk,
    erasures: erasing.erasures,
    resumeErasures: erasing.resume,
    settled: () => follower.settled(),
  };
};
