import type { EventType, LogEvent } from '#domain/events.js';
import type { PolicyViews } from '#domain/policies/views.js';
import { agentDesktop } from '#projections/agent-desktop/agent-desktop.projection.js';
import type { DesktopSources } from '#projections/agent-desktop/render-desktop.js';
import { agentRouting, agentRoutingQueries } from '#projections/agent-routing/agent-routing.projection.js';
import { aniIndex } from '#projections/ani-index/ani-index.projection.js';
import { aniIndexQueries } from '#projections/ani-index/ani-index.queries.js';
import { callJourney } from '#projections/call-journey/call-journey.projection.js';
import { callRecords } from '#projections/call-records/call-records.projection.js';
import { callWindow } from '#projections/call-window/call-window.projection.js';
import type { WindowSources } from '#projections/call-window/render-window.js';
import { contacts } from '#projections/contacts/contacts.projection.js';
import { currentPops, currentPopsQueries } from '#projections/current-pops/current-pops.projection.js';
import { deadlines } from '#projections/deadlines/deadlines.projection.js';
import { gatewayPorts, gatewayPortsQueries } from '#projections/gateway-ports/gateway-ports.projection.js';
import { liveCalls } from '#projections/live-calls/live-calls.projection.js';
import { liveCallsQueries } from '#projections/live-calls/live-calls.view.js';
import {
  merchantDirectory,
  merchantDirectoryQueries,
} from '#projections/merchant-directory/merchant-directory.projection.js';
import { signIns } from '#projections/sign-ins/sign-ins.projection.js';
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
  journeys: callJourney,
  records: callRecords,
  deadlines,
  pops: currentPops,
  signIns,
  webhooks,
};

type Projections = typeof projections;
export type Folds = { [Name in keyof Projections]: ReturnType<Projections[Name]['empty']> };

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

/** For each event type, the folds that listen to it: an event costs only its own. */
const handlersByType = (folds: Folds): ReadonlyMap<string, readonly Handler[]> => {
  const handlers = new Map<string, Handler[]>();
  for (const name of Object.keys(projections) as (keyof Projections)[]) {
    const listeners = projections[name].on as Partial<Record<EventType, (view: unknown, event: LogEvent) => void>>;
    for (const [type, listener] of Object.entries(listeners)) {
      const list = handlers.get(type) ?? [];
      list.push((event) => {
        listener(folds[name], event);
      });
      handlers.set(type, list);
    }
  }
  return handlers;
};

export type LiveViewOptions = Readonly<{
  /** What carries the calls, for the customer's window. */
  line?: 'simulated';
  /** A fold could not deal with an event; the others have, and go on. */
  onFault?: (event: LogEvent, error: unknown) => void;
}>;

/** Empty views and the means to fold events into them. */
export const createLiveViews = ({ line, onFault }: LiveViewOptions = {}): LiveViews => {
  const folds = Object.fromEntries(
    Object.entries(projections).map(([name, projection]) => [name, projection.empty()]),
  ) as unknown as Folds;
  const queries: PolicyViews = {
    aniIndex: aniIndexQueries(folds.aniIndex),
    merchants: merchantDirectoryQueries(folds.merchants),
    gateways: gatewayPortsQueries(folds.gateways),
    calls: liveCallsQueries(folds.calls),
    agents: agentRoutingQueries(folds.agents),
    pops: currentPopsQueries(folds.pops),
  };
  const handlers = handlersByType(folds);
  let last = 0;
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
      for (const handle of handlers.get(event.type) ?? []) {
        try {
          handle(event);
        } catch (error) {
          onFault?.(event, error);
        }
      }
      last = event.position;
      if (awaited.length > 0) tellWaiting();
    },
    reached: (position) =>
      position <= last ? Promise.resolve() : new Promise((resolve) => void awaited.push({ position, resolve })),
  };
};
