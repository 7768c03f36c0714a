import type { TrunklineCommand } from '#domain/commands.js';
import type { AgentDesk, AgentRequest, LiveFeed } from '#domain/contracts/agent-desk.js';
import type { AniLookUp, BackOffice, SessionKey } from '#domain/contracts/back-office.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { Cause, CommandBus, CommandOutcome } from '#domain/contracts/command-bus.js';
import type {
  CallWindowFeed,
  ClickOutcome,
  ClickRequest,
  CustomerDesk,
  CustomerRequest,
} from '#domain/contracts/customer-desk.js';
import {
  callCentreId,
  contactId,
  deviceId,
  iconSessionId,
  tenantOf,
  type AgentId,
  type IconSessionId,
  type MerchantId,
  type MerchantStream,
} from '#domain/kernel/ids.js';
import type { MerchantCommand } from '#domain/merchant/merchant.commands.js';
import { unregisteredMerchant, type Merchant } from '#domain/merchant/merchant.state.js';
import type { KnownAgent } from '#domain/policies/views.js';
import type { AgentDesktop, DesktopAction, DeskProfile, QueueGlance } from '#domain/views/agent-desktop.js';
import type { CallRecord } from '#domain/views/call-record.js';
import type { CallWindow } from '#domain/views/call-window.js';
import type { IconSessionView } from '#domain/views/icon-session.js';
import type { Journey, JourneySummary } from '#domain/views/journey.js';
import type { PopMessage } from '#domain/views/live-messages.js';

import type { WebhookCommand } from '#domain/webhook/webhook.commands.js';
import { fakeErasures } from './fake-erasures.js';
import { fakeWebhooks } from './fake-webhooks.js';

/** A subject that tests tell news with. */
const news = <Told extends readonly unknown[]>() => {
  const listeners: ((...told: Told) => void)[] = [];
  return {
    on: (listener: (...told: Told) => void): void => void listeners.push(listener),
    tell: (...told: Told): void => {
      for (const listener of listeners) listener(...told);
    },
  };
};

const actions: readonly DesktopAction[] = [
  'log-on',
  'log-off',
  'ready',
  'not-ready',
  'answer',
  'hold',
  'retrieve',
  'clear',
  'key-digits',
  'transfer',
  'conference',
  'take-notes',
  'record-disposition',
  'send-message',
];

export const desktopOf = ({ agentId, since }: KnownAgent, changes: Partial<AgentDesktop> = {}): AgentDesktop => ({
  agentId,
  state: 'ready',
  since,
  actions: Object.fromEntries(actions.map((action) => [action, true])) as Record<DesktopAction, boolean>,
  ...changes,
});

export const profileOf = ({ agentId, displayName, centreId, roles, device }: KnownAgent): DeskProfile => ({
  agentId,
  displayName,
  merchantName: tenantOf(agentId),
  centreId,
  centreName: 'Oranjestad',
  roles,
  device,
  dtmf: [{ code: '*76', label: 'Aruba offer', kind: 'page' }],
});

/** What a rule would say, in the fewest words: enough to see a change come back. */
const changed = (merchant: Merchant, { type, data }: MerchantCommand): Merchant | 'unknown-redirect' => {
  switch (type) {
    case 'RegisterMerchant':
      return { ...merchant, registered: true, name: data.name };
    case 'VerifyOrigin':
      return { ...merchant, origins: [...merchant.origins, data.origin] };
    case 'DefineLink':
      return { ...merchant, links: new Map(merchant.links).set(data.linkId, data.label) };
    case 'DefineCallCentre':
      return { ...merchant, centres: new Map(merchant.centres).set(data.centreId, data) };
    case 'PublishRoutingPolicy':
      return {
        ...merchant,
        policyVersion: merchant.policyVersion + 1,
        routes: new Map(data.routes.map((route) => [route.linkId, route])),
      };
    case 'SetRedirect':
      return { ...merchant, redirects: [...merchant.redirects, data] };
    case 'ClearRedirect':
      return merchant.redirects.some(({ redirectId }) => redirectId === data.redirectId)
        ? { ...merchant, redirects: merchant.redirects.filter(({ redirectId }) => redirectId !== data.redirectId) }
        : 'unknown-redirect';
    case 'PublishDtmfTable':
      return { ...merchant, dtmfVersion: merchant.dtmfVersion + 1, dtmf: data.entries };
    case 'SetCapturePolicy':
      return { ...merchant, capture: data };
    case 'IssueApiKey':
      return { ...merchant, apiKeys: new Map(merchant.apiKeys).set(data.keyId, data) };
    case 'RevokeApiKey':
      return { ...merchant, apiKeys: new Map([...merchant.apiKeys].filter(([keyId]) => keyId !== data.keyId)) };
  }
};

const isForMerchant = (command: TrunklineCommand): command is MerchantCommand => command.target.startsWith('merchant-');

const isForWebhook = (command: TrunklineCommand): command is WebhookCommand => command.target.startsWith('webhook-');

type KnownSession = Readonly<{ view: IconSessionView; ani?: string }>;

/**
 * Everything that the edge talks to, in memory: it keeps what it is told, and shows what it was asked. Small, but
 * honest: a tenant sees nothing of another, and what was accepted can be read back.
 */
export const fakeDesks = ({ clock }: Readonly<{ clock: Clock }>) => {
  const merchants = new Map<MerchantId, Merchant>();
  const webhooks = fakeWebhooks();
  const agents = new Map<AgentId, KnownAgent>();
  const sessions: KnownSession[] = [];
  const journeys: Journey[] = [];
  const records: CallRecord[] = [];
  const signedOut = new Set<string>();
  const windows = new Map<IconSessionId, Readonly<{ position: number; window: CallWindow }>>();
  const desktops = new Map<AgentId, Readonly<{ position: number; desktop: AgentDesktop }>>();
  const pops: (readonly [AgentId, PopMessage])[] = [];
  const clicks = new Map<string, ClickOutcome>();
  const queue: QueueGlance = { waiting: 2, readyAgents: 1 };

  const seen = {
    commands: [] as Readonly<{ command: TrunklineCommand; cause: Cause }>[],
    refusals: [] as Readonly<{ merchantId: MerchantId; why: string; what: string; from: string }>[],
    agentRequests: [] as Readonly<{ agentId: AgentId; request: AgentRequest }>[],
    customerRequests: [] as Readonly<{ sessionId: IconSessionId; request: CustomerRequest }>[],
    clicks: [] as Readonly<{ request: ClickRequest; from: string }>[],
    lookUps: [] as Readonly<{ merchantId: MerchantId; key: SessionKey }>[],
    presence: [] as string[],
  };
  /** What the next commands and requests are answered with, instead of being done. */
  const scripted: CommandOutcome[] = [];
  let position = 0;

  const presenceNews = news<[string]>();
  const sawPresence = (what: string): void => {
    seen.presence.push(what);
    presenceNews.tell(what);
  };

  const desktopNews = news<[AgentId, number, AgentDesktop]>();
  const profileNews = news<[AgentId, DeskProfile]>();
  const popNews = news<[AgentId, PopMessage]>();
  const queueNews = news<Parameters<Parameters<LiveFeed['onQueue']>[0]>>();
  const signOutNews = news<[MerchantId, string]>();
  const windowNews = news<[IconSessionId, number, CallWindow]>();

  const done = (): CommandOutcome => ({ outcome: 'accepted', events: 1, position: (position += 1) });

  const changeMerchant = (command: MerchantCommand): CommandOutcome => {
    const id = tenantOf(command.target satisfies MerchantStream);
    const next = changed(merchants.get(id) ?? unregisteredMerchant, command);
    if (next === 'unknown-redirect') return { outcome: 'rejected', reason: next };
    merchants.set(id, next);
    return done();
  };

  const take = (command: TrunklineCommand): CommandOutcome => {
    if (isForMerchant(command)) return changeMerchant(command);
    if (isForWebhook(command)) return webhooks.take(command, (position += 1));
    if (command.type === 'RegisterAgent') {
      const { target: agentId, data, at: since } = command;
      agents.set(agentId, { ...data, agentId, state: 'logged-off', since });
    }
    if (command.type === 'ReportSignedOut') {
      signedOut.add(command.data.sessionId);
      signOutNews.tell(tenantOf(command.target), command.data.sessionId);
    }
    return done();
  };

  const commands: CommandBus = {
    dispatch: async (command, cause) => {
      seen.commands.push({ command, cause });
      return scripted.shift() ?? take(command);
    },
  };

  const matches = (merchantId: MerchantId, { by, value }: SessionKey, { view, ani }: KnownSession): boolean => {
    if (tenantOf(view.sessionId) !== merchantId) return false;
    if (by === 'ani') return ani === value;
    if (by === 'session') return view.sessionId === value || view.merchantSessionId === value;
    return by === 'customer' ? view.customer?.ref === value : by === 'icon' && view.linkId === value;
  };

  const summaryOf = ({ contactId: id, merchantId, events }: Journey): JourneySummary => ({
    contactId: id,
    merchantId,
    startedAt: events[0]?.recordedAt ?? clock.now(),
    lastAt: events.at(-1)?.recordedAt ?? clock.now(),
    state: 'over',
    agents: [],
    calls: [],
    events: events.length,
  });

  const backOffice: BackOffice = {
    merchant: (merchantId) => merchants.get(merchantId),
    lookUp: (merchantId, key): AniLookUp => {
      seen.lookUps.push({ merchantId, key });
      const found = sessions.filter((session) => matches(merchantId, key, session)).map(({ view }) => view);
      return found.length === 0 ? { outcome: 'none' } : { outcome: 'found', verdict: 'certain', sessions: found };
    },
    agentByLogin: (merchantId, loginName) =>
      [...agents.values()].find((agent) => tenantOf(agent.agentId) === merchantId && agent.loginName === loginName),
    agents: (merchantId) => [...agents.values()].filter(({ agentId }) => tenantOf(agentId) === merchantId),
    session: () => undefined,
    journey: async (id) => journeys.find((journey) => journey.contactId === id),
    journeys: async (merchantId, { limit }) =>
      journeys
        .filter((journey) => journey.merchantId === merchantId)
        .slice(0, limit)
        .map(summaryOf),
    callRecords: async (merchantId, { limit }) =>
      records.filter((record) => record.merchantId === merchantId).slice(0, limit),
    recordRefusal: (merchantId, refusal) => void seen.refusals.push({ merchantId, ...refusal }),
    signedOut: (sessionId) => signedOut.has(sessionId),
    signInsOf: (agentId) =>
      seen.commands.flatMap(({ command }) =>
        command.type === 'ReportSignedIn' && command.data.who === agentId && !signedOut.has(command.data.sessionId)
          ? [command.data.sessionId]
          : [],
      ),
    health: () => ({ ready: true, position, lag: 0 }),
  };

  const agentDesk: AgentDesk = {
    request: async (agentId, request) => {
      seen.agentRequests.push({ agentId, request });
      return scripted.shift() ?? done();
    },
    profile: (agentId) => {
      const agent = agents.get(agentId);
      return agent && profileOf(agent);
    },
    desktop: (agentId) => {
      const agent = agents.get(agentId);
      return agent && (desktops.get(agentId) ?? { position, desktop: desktopOf(agent) });
    },
    colleagues: (agentId) =>
      backOffice
        .agents(tenantOf(agentId))
        .map(({ agentId: id, displayName, state }) => ({ agentId: id, displayName, state })),
    queue: () => queue,
    popsSince: async (agentId, after) =>
      pops.filter(([id, pop]) => id === agentId && pop.position > after).map(([, pop]) => pop),
    present: (agentId) => {
      sawPresence(`present ${agentId}`);
    },
    absent: (agentId) => {
      sawPresence(`absent ${agentId}`);
    },
  };

  const liveFeed: LiveFeed = {
    onDesktop: desktopNews.on,
    onProfile: profileNews.on,
    onPop: popNews.on,
    onQueue: queueNews.on,
    onSignedOut: signOutNews.on,
  };

  const clickOnce = ({ clickKey, icon }: ClickRequest): ClickOutcome => {
    const merchantId = [...merchants.keys()].find((id) => id === icon.merchant);
    if (!merchantId) return { outcome: 'refused', reason: 'unknown-merchant' };
    const unique = `${clicks.size + 1}.${clickKey}`;
    return {
      outcome: 'accepted',
      sessionId: iconSessionId(merchantId, unique),
      contactId: contactId(merchantId, unique),
    };
  };

  const customerDesk: CustomerDesk = {
    click: async (request, from) => {
      seen.clicks.push({ request, from });
      const outcome = clicks.get(request.clickKey) ?? clickOnce(request);
      clicks.set(request.clickKey, outcome);
      return outcome;
    },
    request: async (sessionId, request) => {
      seen.customerRequests.push({ sessionId, request });
      return scripted.shift() ?? done();
    },
    window: (sessionId) => windows.get(sessionId),
    present: (sessionId) => {
      sawPresence(`present ${sessionId}`);
    },
    absent: (sessionId, closed) => {
      sawPresence(`${closed ? 'closed' : 'absent'} ${sessionId}`);
    },
  };

  const erasures = fakeErasures();
  const callWindowFeed: CallWindowFeed = { onWindow: windowNews.on };

  return {
    commands,
    backOffice,
    webhookDesk: webhooks.desk,
    erasures,
    agentDesk,
    liveFeed,
    customerDesk,
    callWindowFeed,
    seen,
    /** Resolves when somebody came or went. */
    seenPresence: (what: string): Promise<void> =>
      new Promise((resolve) => {
        if (seen.presence.includes(what)) resolve();
        presenceNews.on((happened) => {
          if (happened === what) resolve();
        });
      }),
    scripted,
    sessions,
    journeys,
    records,
    merchants,
    windows,
    desktops,
    tell: {
      desktop: (agentId: AgentId, at: number, desktop: AgentDesktop): void => {
        desktops.set(agentId, { position: at, desktop });
        desktopNews.tell(agentId, at, desktop);
      },
      profile: profileNews.tell,
      /** In the log first, and then told. */
      pop: (agentId: AgentId, pop: PopMessage): void => {
        pops.push([agentId, pop]);
        popNews.tell(agentId, pop);
      },
      queue: queueNews.tell,
      signedOut: (merchantId: MerchantId, sessionId: string): void => {
        signedOut.add(sessionId);
        signOutNews.tell(merchantId, sessionId);
      },
      window: (sessionId: IconSessionId, at: number, window: CallWindow): void => {
        windows.set(sessionId, { position: at, window });
        windowNews.tell(sessionId, at, window);
      },
    },
    /** A merchant with a shop, a link and a call centre. */
    openMerchant: (merchantId: MerchantId, changes: Partial<Merchant> = {}): void => {
      merchants.set(merchantId, {
        ...unregisteredMerchant,
        registered: true,
        name: merchantId,
        origins: [`https://${merchantId}.example`],
        ...changes,
      });
    },
    dismiss: (agentId: AgentId): void => void agents.delete(agentId),
    hire: (agentId: AgentId, changes: Partial<KnownAgent> = {}): KnownAgent => {
      const loginName = agentId.slice(agentId.indexOf('.') + 1);
      const agent: KnownAgent = {
        agentId,
        loginName,
        displayName: loginName,
        roles: ['agent'],
        centreId: callCentreId(tenantOf(agentId), 'oranjestad'),
        device: deviceId(tenantOf(agentId), `phone-${loginName}`),
        state: 'ready',
        since: clock.now(),
        ...changes,
      };
      agents.set(agentId, agent);
      return agent;
    },
  };
};

export type FakeDesks = ReturnType<typeof fakeDesks>;
