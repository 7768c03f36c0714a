import type { EventType, LogEvent } from '#domain/events.js';
import type { PolicyViews } from '#domain/policies/views.js';
import { agentDesktop } from '#projections/agent-desktop/agent-desktop.projection.js';
import { takeChangedDesks } from '#projections/agent-desktop/agent-desktop.view.js';
import type { DesktopSources } from '#projections/agent-desktop/render-desktop.js';
import { agentRouting, agentRoutingQueries } from '#projections/agent-routing/agent-routing.projection.js';
import { aniIndex } from '#projections/ani-index/ani-index.projection.js';
import { aniIndexQueries } from '#projections/ani-index/ani-index.queries.js';
import { callWindow, takeChangedWindows } from '#projections/call-window/call-window.projection.js';
import type { WindowSources } from '#projections/call-window/render-window.js';
import { contacts } from '#projections/contacts/contacts.projection.js';
import { takeChangedContacts } from '#projections/contacts/contacts.view.js';
import { currentPops, currentPopsQueries } from '#projections/current-pops/current-pops.projection.js';
import { deadlines } from '#projections/deadlines/deadlines.projection.js';
import { gatewayPorts, gatewayPortsQueries } from '#projections/gateway-ports/gateway-ports.projection.js';
import { liveCalls } from '#projections/live-calls/live-calls.projection.js';
import { liveCallsQueries } from '#projections/live-calls/live-calls.view.js';
import {
  merchantDirectory,
  merchantDirectoryQueries,
} from '#projections/merchant-directory/merchant-directory.projection.js';
import { signIns, takeJustEnded } from '#projections/sign-ins/sign-ins.projection.js';
import { webhooks } from '#projections/webhooks/webhooks.projection.js';

/** Every fold that is kept in memory, in one place. */
export const projections = {
  merchants: merchantDirectory,
  gateways: gatewayPorts,
  aniIndex,
  calls: liveCalls,
  agents: agentRouting,
  contacts,
  desks: agentDesktop,
  windows: callWindow,
  deadlines,
  pops: currentPops,
  signIns,
  webhooks,
};

type Projections = typeof projections;
export type Folds = { [Name in keyof Projections]: ReturnType<Projections[Name]['empty']> };

export const emptyFolds = (): Folds =>
  Object.fromEntries(
    Object.entries(projections).map(([name, projection]) => [name, projection.empty()]),
  ) as unknown as Folds;

export type LiveViews = Readonly<{
  folds: Folds;
  /** What policies, effects and services may ask. */
  queries: PolicyViews;
  desktops: DesktopSources;
  callWindows: WindowSources;
  /** Position of the last event folded. */
  position: () => number;
  fold: (event: LogEvent) => void;
  /** Resolves when everything up to this position has been folded: for reading what has just been written. */
  reached: (position: number) => Promise<void>;
}>;

type Handler = (event: LogEvent) => void;
/** A fold could not deal with an event; the others have, and go on. */
type OnFault = (event: LogEvent, error: unknown) => void;

/** One fold's way of taking one type of event. */
type Listener = Readonly<{ view: unknown; take: (view: unknown, event: LogEvent) => void }>;

/** For each event type, the folds that listen to it: an event costs only its own. */
const listenersByType = (folds: Folds): ReadonlyMap<string, readonly Listener[]> => {
  const byType = new Map<string, Listener[]>();
  for (const name of Object.keys(projections) as (keyof Projections)[]) {
    const on = projections[name].on as Partial<Record<EventType, Listener['take']>>;
    for (const [type, take] of Object.entries(on)) {
      byType.set(type, [...(byType.get(type) ?? []), { view: folds[name], take }]);
    }
  }
  return byType;
};

/** Takes events into all folds. */
export const foldInto = (folds: Folds, onFault?: OnFault): Handler => {
  const listeners = listenersByType(folds);
  return (event) => {
    for (const { view, take } of listeners.get(event.type) ?? []) {
      try {
        take(view, event);
      } catch (error) {
        onFault?.(event, error);
      }
    }
  };
};

/** Nobody is to be told any more of what has changed up to now. */
export const forgetChanges = ({ contacts: known, desks, windows, signIns: signedIn }: Folds): void => {
  takeChangedDesks(desks, takeChangedContacts(known));
  takeChangedWindows(windows, new Set());
  takeJustEnded(signedIn);
};

export type LiveViewOptions = Readonly<{
  /** What carries the calls, for the customer's window. */
  line?: 'simulated';
  onFault?: OnFault;
  /** What has been folded already. From now on these views change it, and nobody else may. */
  from?: Readonly<{ folds: Folds; position: number }>;
}>;

/** Views of the log, from its beginning or from where another reading has come to. */
export const createLiveViews = ({ line, onFault, from }: LiveViewOptions = {}): LiveViews => {
  const { folds, position } = from ?? { folds: emptyFolds(), position: 0 };
  const queries: PolicyViews = {
    aniIndex: aniIndexQueries(folds.aniIndex),
    merchants: merchantDirectoryQueries(folds.merchants),
    gateways: gatewayPortsQueries(folds.gateways),
    calls: liveCallsQueries(folds.calls),
    agents: agentRoutingQueries(folds.agents),
    pops: currentPopsQueries(folds.pops),
  };
  const fold = foldInto(folds, onFault);
  let last = position;
  let awaited: Readonly<{ position: number; resolve: () => void }>[] = [];
  const tellWaiting = (): void => {
    const due = awaited.filter(({ position }) => position <= last);
    awaited = awaited.filter(({ position }) => position > last);
    for (const { resolve } of due) resolve();
  };
  return {
    folds,
    queries,
    desktops: { desks: folds.desks, contacts: folds.contacts, ...queries },
    callWindows: {
      windows: folds.windows,
      contacts: folds.contacts,
      ...queries,
      ...(line === undefined ? {} : { line }),
    },
    position: () => last,
    fold: (event) => {
      fold(event);
      last = event.position;
      if (awaited.length > 0) tellWaiting();
    },
    reached: (until) =>
      until <= last ? Promise.resolve() : new Promise((resolve) => void awaited.push({ position: until, resolve })),
  };
};
