import type { LiveFeed } from '#domain/contracts/agent-desk.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { CallWindowFeed } from '#domain/contracts/customer-desk.js';
import type { LogEvent } from '#domain/events.js';
import { tenantOf, type AgentId, type CallCentreId, type IconSessionId } from '#domain/kernel/ids.js';
import { sameData } from '#domain/kernel/same-data.js';
import type { CallWindow } from '#domain/views/call-window.js';
import { takeChangedDesks } from '#projections/agent-desktop/agent-desktop.view.js';
import { renderDesktop, renderProfile } from '#projections/agent-desktop/render-desktop.js';
import { queueGlance } from '#projections/agent-routing/agent-routing.projection.js';
import { takeChangedWindows } from '#projections/call-window/call-window.projection.js';
import { renderWindow } from '#projections/call-window/render-window.js';
import { takeChangedContacts } from '#projections/contacts/contacts.view.js';
import { takeJustEnded } from '#projections/sign-ins/sign-ins.projection.js';
import type { LiveViews } from './live-views.js';
import { popMessageOf } from './pop-message.js';

type Listeners = {
  desktop: Parameters<LiveFeed['onDesktop']>[0][];
  profile: Parameters<LiveFeed['onProfile']>[0][];
  pop: Parameters<LiveFeed['onPop']>[0][];
  queue: Parameters<LiveFeed['onQueue']>[0][];
  signedOut: Parameters<LiveFeed['onSignedOut']>[0][];
  window: Parameters<CallWindowFeed['onWindow']>[0][];
};

const queueEveryMs = 1_000;
/** Too short for anybody to notice, long enough for what one step of a call changes to be told together. */
const screensEveryMs = 20;

export type LiveFeeds = LiveFeed &
  CallWindowFeed &
  Readonly<{
    /** To be called for each new event, then once after the batch. */
    heard: (event: LogEvent) => void;
    flush: () => void;
    /** Before this, what the log held already is folded and nobody is told. */
    goLive: () => void;
    close: () => void;
  }>;

/**
 * Tells listeners what the log has changed. Pops are told at once. Changed screens are, too, but the next not before a
 * while: then each once, however many events have changed it, since every message to a browser costs more than an event.
 */
export const createLiveFeed = (views: LiveViews, clock: Clock): LiveFeeds => {
  const on: Listeners = { desktop: [], profile: [], pop: [], queue: [], signedOut: [], window: [] };
  let live = false;
  let pops: NonNullable<ReturnType<typeof popMessageOf>>[] = [];
  let configured = new Set<string>();
  let registered = new Set<AgentId>();
  const windowsTold = new Map<IconSessionId, CallWindow>();
  let screensToldAt = 0;
  let screensDue: (() => void) | undefined;
  let queues = new Set<CallCentreId>();

  const tellDesktops = (changed: ReturnType<typeof takeChangedDesks>): void => {
    const position = views.position();
    for (const agentId of changed) {
      const desktop = renderDesktop(views.desktops, agentId);
      if (desktop) for (const listener of on.desktop) listener(agentId, position, desktop);
    }
  };

  const tellPops = (): void => {
    for (const { agentId, message } of pops) {
      const contact = message.what === 'offered' ? renderDesktop(views.desktops, agentId)?.contact : undefined;
      const whole = contact?.popId === message.popId ? { ...message, contact } : message;
      for (const listener of on.pop) listener(agentId, whole);
    }
    pops = [];
  };

  /** Much that is new of a contact is new for the agent alone. */
  const isNews = (window: CallWindow): boolean => {
    const { sessionId, state } = window;
    if (sameData(windowsTold.get(sessionId), window)) return false;
    if (state === 'ended' || state === 'failed') windowsTold.delete(sessionId);
    else windowsTold.set(sessionId, window);
    return true;
  };

  const tellWindows = (changed: ReturnType<typeof takeChangedWindows>): void => {
    const position = views.position();
    for (const contactId of changed) {
      const window = renderWindow(views.callWindows, contactId);
      if (window && isNews(window)) for (const listener of on.window) listener(window.sessionId, position, window);
    }
  };

  const tellScreens = (): void => {
    screensDue = undefined;
    screensToldAt = clock.now();
    const contacts = takeChangedContacts(views.folds.contacts);
    const desks = takeChangedDesks(views.folds.desks, contacts);
    const windows = takeChangedWindows(views.folds.windows, contacts);
    tellDesktops(desks);
    tellWindows(windows);
  };

  const tellScreensInTime = (): void => {
    if (screensDue) return;
    const wait = Math.min(screensToldAt + screensEveryMs - clock.now(), screensEveryMs);
    if (wait <= 0) tellScreens();
    else screensDue = clock.schedule(wait, tellScreens);
  };

  const tellProfiles = (): void => {
    if (configured.size > 0) {
      for (const agentId of views.folds.agents.agents.keys()) {
        if (configured.has(tenantOf(agentId))) registered.add(agentId);
      }
      configured = new Set();
    }
    for (const agentId of registered) {
      const profile = renderProfile(views.desktops, agentId);
      if (profile) for (const listener of on.profile) listener(agentId, profile);
    }
    registered = new Set();
  };

  const tellQueues = (): void => {
    for (const centreId of queues) {
      const glance = queueGlance(views.folds.agents, centreId);
      for (const listener of on.queue) listener(centreId, glance);
    }
    queues = new Set();
    cancel = clock.schedule(queueEveryMs, tellQueues);
  };
  let cancel = clock.schedule(queueEveryMs, tellQueues);

  const noteQueue = (event: LogEvent): void => {
    if (event.type === 'CallJoinedQueue' || event.type === 'CallLeftQueue' || event.type === 'CallAssigned') {
      queues.add(event.stream.replace(/^queue-/, 'centre-') as CallCentreId);
    } else if (event.type === 'AgentReady' || event.type === 'AgentNotReady') {
      queues.add(event.data.centreId);
    }
  };

  return {
    onDesktop: (listener) => void on.desktop.push(listener),
    onProfile: (listener) => void on.profile.push(listener),
    onPop: (listener) => void on.pop.push(listener),
    onQueue: (listener) => void on.queue.push(listener),
    onSignedOut: (listener) => void on.signedOut.push(listener),
    onWindow: (listener) => void on.window.push(listener),
    heard: (event) => {
      if (!live) return;
      const pop = popMessageOf(event);
      if (pop) pops.push(pop);
      if (event.stream.startsWith('merchant-')) configured.add(event.meta.merchantId);
      if (event.type === 'AgentRegistered') registered.add(event.stream as AgentId);
      noteQueue(event);
    },
    goLive: () => {
      takeChangedDesks(views.folds.desks, takeChangedContacts(views.folds.contacts));
      takeChangedWindows(views.folds.windows, new Set());
      takeJustEnded(views.folds.signIns);
      live = true;
    },
    flush: () => {
      if (!live) return;
      tellPops();
      tellScreensInTime();
      tellProfiles();
      for (const { merchantId, sessionId } of takeJustEnded(views.folds.signIns)) {
        for (const listener of on.signedOut) listener(merchantId, sessionId);
      }
    },
    close: () => {
      cancel();
      screensDue?.();
    },
  };
};
