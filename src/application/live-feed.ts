import type { LiveFeed } from '#domain/contracts/agent-desk.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { CallWindowFeed } from '#domain/contracts/customer-desk.js';
import type { LogEvent } from '#domain/events.js';
import { tenantOf, type CallCentreId } from '#domain/kernel/ids.js';
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

/** Tells listeners what a batch of the log has changed: each changed screen once, however many events changed it. */
export const createLiveFeed = (views: LiveViews, clock: Clock): LiveFeeds => {
  const on: Listeners = { desktop: [], profile: [], pop: [], queue: [], signedOut: [], window: [] };
  let live = false;
  let pops: NonNullable<ReturnType<typeof popMessageOf>>[] = [];
  let configured = new Set<string>();
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

  const tellWindows = (changed: ReturnType<typeof takeChangedWindows>): void => {
    const position = views.position();
    for (const contactId of changed) {
      const window = renderWindow(views.callWindows, contactId);
      if (window) for (const listener of on.window) listener(window.sessionId, position, window);
    }
  };

  const tellProfiles = (): void => {
    if (configured.size === 0) return;
    for (const agentId of views.folds.agents.agents.keys()) {
      const profile = configured.has(tenantOf(agentId)) ? renderProfile(views.desktops, agentId) : undefined;
      if (profile) for (const listener of on.profile) listener(agentId, profile);
    }
    configured = new Set();
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
      if (event.stream.startsWith('merchant-') || event.type === 'AgentRegistered') {
        configured.add(event.meta.merchantId);
      }
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
      const contacts = takeChangedContacts(views.folds.contacts);
      const desks = takeChangedDesks(views.folds.desks, contacts);
      const windows = takeChangedWindows(views.folds.windows, contacts);
      tellPops();
      tellDesktops(desks);
      tellWindows(windows);
      tellProfiles();
      for (const { merchantId, sessionId } of takeJustEnded(views.folds.signIns)) {
        for (const listener of on.signedOut) listener(merchantId, sessionId);
      }
    },
    close: () => {
      cancel();
    },
  };
};
