import { risingClock } from '#adapters/clock/rising.clock.js';
import { joseAccessControl } from '#adapters/access/jose.access-control.js';
import { passingSecret } from '#adapters/access/installation-secret.js';
import { memoryCredentials } from '#adapters/access/memory.credentials.js';
import { undiciWebhookSender } from '#adapters/event-publisher/webhook/undici.webhook-sender.js';
import { webhookSecrets } from '#adapters/access/webhook-secrets.js';
import { sealingEventStore, type SealingEventStore } from '#adapters/event-store/personal-data/sealing.event-store.js';
import type { Store } from '#adapters/event-store/store.js';
import { passingKeys } from '#adapters/keys/open-keys.js';
import { simulatedNetwork, type NetworkSettings } from '#adapters/telephony/simulated/simulated-network.js';
import { simulatedTelephony, type SimulatedTelephony } from '#adapters/telephony/simulated/simulated.telephony.js';
import { demo } from '#config/opening-data/demo.js';
import type { RisingClock } from '#domain/contracts/clock.js';
import type { AgentRequest } from '#domain/contracts/agent-desk.js';
import type { ClickRequest, IconReference } from '#domain/contracts/customer-desk.js';
import type { SubjectKeys } from '#domain/contracts/keys.js';
import type { Snapshots } from '#domain/contracts/snapshots.js';
import type { EventType, LogEvent, LogEventOf } from '#domain/events.js';
import { agentId, merchantId, type AgentId, type ContactId, type IconSessionId } from '#domain/kernel/ids.js';
import { policies } from '#domain/policies/policies.js';
import type { AgentDesktop } from '#domain/views/agent-desktop.js';
import type { CallWindow } from '#domain/views/call-window.js';
import { startApplication, type Application, type ApplicationSettings } from '#src/application/application.js';
import { createCommandBus } from '#src/application/handle-command.js';
import { createLiveViews } from '#src/application/live-views.js';
import type { Log } from '#src/application/log.js';
import { resumeCalls } from '#src/application/resume-calls.js';
import { openPast } from '#src/application/snapshots/past.js';
import { askSwitchWhenAgentAsks } from '#src/effects/ask-switch-when-agent-asks.effect.js';
import { clearCallWhenClearingIsRequested } from '#src/effects/clear-call-when-clearing-is-requested.effect.js';
import { dialWhenPortIsLeased } from '#src/effects/dial-when-port-is-leased.effect.js';
import { ringAgentWhenRouteIsSelected } from '#src/effects/ring-agent-when-route-is-selected.effect.js';
import { createLifecycle } from '#src/lifecycle.js';
import { openingCommands } from '#src/opening-commands.js';
import { networkOfLog } from '#src/simulate/network-of-log.js';
import { fakeClock, type FakeClock } from './fake-clock.js';
import { mortal } from './mortal.js';
import { freshReadModels } from './fresh-read-models.js';
import { seededIds } from './seeded-ids.js';
import { worldLog } from './world-log.js';

export const shop = 'https://shop.palm-pier.example';
export const palmPier = merchantId('palm-pier');
export const [anna, ben, carla] = ['anna', 'ben', 'carla'].map((name) => agentId(palmPier, name)) as [
  AgentId,
  AgentId,
  AgentId,
];

export const settings: ApplicationSettings = {
  ringTime: 20_000,
  customerGoneAfter: 15_000,
  agentLostAfter: 30_000,
  reconcileEvery: 30_000,
};

/** Whatever outlives a crash of the product: the log, the clock, and which telephone network it is. */
export type World = Readonly<{
  store: Store & Readonly<{ events: SealingEventStore }>;
  /** Resolves when the log has answered all that it was asked. */
  settled: () => Promise<void>;
  keys: SubjectKeys;
  clock: FakeClock;
  logClock: RisingClock;
  ids: ReturnType<typeof seededIds>;
  network: Partial<NetworkSettings>;
  settings: ApplicationSettings;
  complaints: string[];
  webhookSecret: Uint8Array;
  /** Left out: each start reads the whole log. */
  snapshots?: Snapshots;
}>;

export const newWorld = (given: Partial<Pick<World, 'network' | 'settings' | 'snapshots'>> = {}): World => {
  const clock = fakeClock();
  const logClock = risingClock(clock);
  const { store, settled } = worldLog(logClock);
  const keys = passingKeys();
  return {
    store: { ...store, events: sealingEventStore(store.events, keys) },
    settled: () =>
      settled(() => {
        clock.advance(0);
      }),
    keys,
    clock,
    logClock,
    ids: seededIds(7),
    network: {},
    settings,
    complaints: [],
    webhookSecret: passingSecret(),
    ...given,
  };
};

export type Click = Readonly<{ sessionId: IconSessionId; contactId: ContactId }>;

/** The whole product without HTTP, on a clock that stands still until a test lets time pass. */
export type TestTrunkline = Application &
  Readonly<{
    network: SimulatedTelephony;
    access: ReturnType<typeof joseAccessControl>;
    commands: ReturnType<typeof createCommandBus>;
    clock: FakeClock;
    /** Lets time pass until this holds. @throws {Error} when it does not within a minute of the clock */
    until: (what: string, holds: () => boolean) => Promise<void>;
    /** Lets that much time pass, and all that follows from it happen. */
    pass: (milliseconds: number) => Promise<void>;
    agentReady: (agent: AgentId) => Promise<void>;
    ask: (agent: AgentId, request: AgentRequest) => Promise<void>;
    tryToAsk: (agent: AgentId, request: AgentRequest) => Promise<string>;
    desktop: (agent: AgentId) => AgentDesktop;
    window: (session: IconSessionId) => CallWindow;
    click: (icon?: IconReference, more?: Partial<ClickRequest>) => Promise<Click>;
    events: () => Promise<readonly LogEvent[]>;
    eventsOf: <Type extends EventType>(type: Type) => Promise<readonly LogEventOf<Type>[]>;
    stop: () => Promise<void>;
    /** As `kill -9`: nothing is saved or told any more. The world goes on. */
    kill: () => void;
    died: Promise<void>;
  }>;

const logInto = (complaints: string[]): Log => {
  const note = (fields: object, message: string): void =>
    void complaints.push(`${message} ${JSON.stringify(fields, errorText)}`);
  return { debug: () => undefined, info: () => undefined, warn: note, error: note };
};
const errorText = (_key: string, value: unknown): unknown => (value instanceof Error ? value.stack : value);

export const startTrunkline = async (world: World = newWorld(), diesAfter?: number): Promise<TestTrunkline> => {
  const { ids, complaints } = world;
  const { store, clock, kill, died } = mortal(world.store, world.clock, diesAfter);
  const readModels = await freshReadModels(clock);
  void died.then(readModels.close);
  const log = logInto(complaints);
  const access = joseAccessControl({
    secret: passingSecret(),
    credentials: memoryCredentials(),
    clock,
    ids,
    settings: { hashingCost: { memoryCost: 1_024, timeCost: 1 } },
  });
  const { events, checkpoints } = store;
  const { snapshots } = world;
  const past = await openPast({ store: events, checkpoints, every: 100, log, ...(snapshots && { snapshots }) });
  const commands = createCommandBus({ store: events, ids, log, known: past.streams });
  for (const command of openingCommands(demo, clock.now(), (origin) => (origin === '%SHOP%' ? shop : origin))) {
    const outcome = await commands.dispatch(command, { actor: 'operator' });
    if (outcome.outcome !== 'accepted') throw new Error(`${command.type}: ${JSON.stringify(outcome)}`);
  }
  let network: SimulatedTelephony | undefined;
  const lifecycle = createLifecycle();
  let stopped: Error | undefined;
  lifecycle.started('read model store', readModels, (it) => it.close());
  const secrets = webhookSecrets(world.webhookSecret);
  const sender = undiciWebhookSender({
    secrets,
    clock,
    installation: '/test',
    settings: { http: true, allowedNetworks: ['127.0.0.0/8'] },
  });
  const starting = startApplication({
    store,
    readModels,
    clock,
    logClock: world.logClock,
    ids,
    access,
    commands,
    keys: { ...world.keys, erase: world.store.events.erase },
    log,
    settings: world.settings,
    policies,
    lifecycle,
    past,
    webhooks: { sender, secrets },
    openTelephony: async (takeReport) => {
      const views = createLiveViews({ from: past.known() });
      network = simulatedTelephony({
        network: simulatedNetwork({ seed: 3, ...networkOfLog(views), ...world.network }),
        clock,
        takeReport,
        reportNotTaken: (report, error) => void complaints.push(`${report.type}: ${String(error)}`),
      });
      await resumeCalls({ views, network, commands, clock, log });
      return network;
    },
    effects: ({ telephony }) => [
      dialWhenPortIsLeased({ telephony, commands }),
      clearCallWhenClearingIsRequested({ telephony, commands }),
      ringAgentWhenRouteIsSelected({ telephony, commands }),
      askSwitchWhenAgentAsks({ telephony }),
    ],
    onFatal: (error) => {
      stopped = error;
    },
  });
  const application = await starting;
  if (!network) throw new Error('no network');
  past.keeper?.begin();
  await application.resumeErasures();

  let dead = false;
  void died.then(() => {
    dead = true;
  });
  /** For the dead no time passes: the clock is the living one's. */
  const step = async (milliseconds: number): Promise<void> => {
    if (dead) await new Promise<never>(() => undefined);
    world.clock.advance(milliseconds);
    await world.settled();
    if (stopped) throw stopped;
  };
  const until = async (what: string, holds: () => boolean): Promise<void> => {
    for (let waited = 0; waited < 60_000; waited += 20) {
      if (holds()) return;
      await step(20);
    }
    throw new Error(`waited in vain until ${what}\n${complaints.join('\n')}`);
  };
  const desktop = (agent: AgentId): AgentDesktop => {
    const found = application.agentDesk.desktop(agent);
    if (!found) throw new Error(`no desktop of ${agent}`);
    return found.desktop;
  };
  const tryToAsk = async (agent: AgentId, request: AgentRequest): Promise<string> => {
    const outcome = await application.agentDesk.request(agent, request);
    await step(0);
    return outcome.outcome === 'rejected' ? outcome.reason : outcome.outcome;
  };
  const ask = async (agent: AgentId, request: AgentRequest): Promise<void> => {
    const answer = await tryToAsk(agent, request);
    if (answer !== 'accepted') throw new Error(`${request.type} of ${agent}: ${answer}`);
  };
  let clicks = 0;

  return {
    ...application,
    network,
    access,
    commands,
    clock: world.clock,
    until,
    pass: async (milliseconds) => {
      for (let passed = 0; passed < milliseconds; passed += 50) await step(Math.min(50, milliseconds - passed));
    },
    ask,
    tryToAsk,
    desktop,
    agentReady: async (agent) => {
      await ask(agent, { type: 'log-on' });
      await ask(agent, { type: 'ready' });
      await until(`${agent} is ready`, () => desktop(agent).state === 'ready');
    },
    window: (session) => {
      const found = application.customerDesk.window(session);
      if (!found) throw new Error(`no window of ${session}`);
      return found.window;
    },
    click: async (icon = { link: 'link-palm-pier.shoes' }, more = {}) => {
      clicks += 1;
      const request: ClickRequest = {
        clickKey: `click-key-of-test-${ids.next()}-${clicks}`,
        icon,
        origin: shop,
        context: { page: { url: `${shop}/shoes/espadrille.html`, title: 'Espadrille', at: clock.now() } },
        ...more,
      };
      const outcome = await application.customerDesk.click(request, '192.0.2.7');
      if (outcome.outcome !== 'accepted') throw new Error(`click: ${JSON.stringify(outcome)}`);
      return outcome;
    },
    events: async () => {
      const all: LogEvent[] = [];
      for await (const event of store.events.readAll({ after: 0 })) all.push(event as unknown as LogEvent);
      return all;
    },
    eventsOf: async (type) => {
      const found = [];
      for await (const event of store.events.readAll({ after: 0, filter: { types: [type] } })) found.push(event);
      return found as never;
    },
    kill,
    died,
    stop: async () => {
      await lifecycle.stop();
    },
  };
};
