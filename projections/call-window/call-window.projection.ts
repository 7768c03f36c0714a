import type { CallCause } from '#domain/call/call.events.js';
import type { AgentId, ContactId, IconSessionId } from '#domain/kernel/ids.js';
import type { LogEvent } from '#domain/events.js';
import type { Instant } from '#domain/kernel/time.js';
import type { CallWindowState } from '#domain/views/call-window.js';
import { ends as isOver, takeForgotten, type LatelyOver } from '../lately-over.js';
import type { Projection } from '../projection.js';

export type WindowRow = Readonly<{
  sessionId: IconSessionId;
  contactId: ContactId;
  state: CallWindowState;
  since: Instant;
  cause?: CallCause;
  agentId?: AgentId;
}>;

export type CallWindowView = {
  windows: Map<ContactId, WindowRow>;
  contactOfSession: Map<IconSessionId, ContactId>;
  /** Windows of calls that are over, kept a little, so that a reload still tells how it ended. */
  over: LatelyOver<ContactId>;
  /** Windows that have changed since they were last asked for. */
  changed: Set<ContactId>;
};

const final: readonly CallWindowState[] = ['ended', 'failed'];

const put = (view: CallWindowView, row: WindowRow): void => {
  view.windows.set(row.contactId, row);
  view.changed.add(row.contactId);
};

const forget = (view: CallWindowView, contactId: ContactId): void => {
  const row = view.windows.get(contactId);
  view.windows.delete(contactId);
  if (row) view.contactOfSession.delete(row.sessionId);
};

const rowOf = (view: CallWindowView, { meta }: LogEvent): WindowRow | undefined =>
  meta.contactId === undefined ? undefined : view.windows.get(meta.contactId);

/** @param unless states that this is no news in: the gateway may tell late what the call centre has gone beyond */
const enters =
  (state: CallWindowState, unless: readonly CallWindowState[] = []) =>
  (view: CallWindowView, event: LogEvent): void => {
    const row = rowOf(view, event);
    if (!row || final.includes(row.state) || unless.includes(row.state)) return;
    put(view, { ...row, state, since: event.meta.occurredAt });
  };

const ends = (view: CallWindowView, event: LogEvent, state: CallWindowState, cause: CallCause): void => {
  const { contactId, occurredAt } = event.meta;
  const row = contactId === undefined ? undefined : view.windows.get(contactId);
  if (!row || final.includes(row.state)) return;
  put(view, { ...row, state, since: occurredAt, cause });
  isOver(view.over, row.contactId, event.recordedAt);
  for (const forgotten of takeForgotten(view.over, event.recordedAt)) forget(view, forgotten);
};

/** What each customer's call window is told about the progress of the call. */
export const callWindow = {
  name: 'call-window',
  version: 3,
  empty: (): CallWindowView => ({
    windows: new Map(),
    contactOfSession: new Map(),
    over: new Map(),
    changed: new Set(),
  }),
  on: {
    IconClicked: (view, { stream, data: { contactId }, meta }) => {
      const sessionId = stream as IconSessionId;
      view.contactOfSession.set(sessionId, contactId);
      put(view, { sessionId, contactId, state: 'requested', since: meta.occurredAt });
    },
    GatewaySelected: enters('dialling'),
    CallNetworkReached: enters('ringing', ['queued', 'talking', 'held']),
    CallQueued: enters('queued'),
    CallDelivered: enters('ringing'),
    CallDiverted: enters('queued'),
    CallHeld: enters('held'),
    CallRetrieved: enters('talking'),
    CallEstablished: (view, event) => {
      const { agentId } = event.data;
      // The gateway's leg names nobody: that it is connected takes no call off hold.
      enters('talking', agentId === undefined ? ['held', 'talking'] : [])(view, event);
      const row = rowOf(view, event);
      if (row && agentId !== undefined) put(view, { ...row, agentId });
    },
    CallCleared: (view, event) => {
      if (event.data.side === 'gateway') ends(view, event, 'ended', event.data.cause);
    },
    CallFailed: (view, event) => {
      if (event.data.side === 'gateway') ends(view, event, 'failed', event.data.cause);
    },
    SessionClosed: (view, event) => {
      ends(view, event, 'ended', 'normal-clearing');
    },
  },
} satisfies Projection<
  CallWindowView,
  | 'IconClicked'
  | 'GatewaySelected'
  | 'CallNetworkReached'
  | 'CallQueued'
  | 'CallDelivered'
  | 'CallDiverted'
  | 'CallHeld'
  | 'CallRetrieved'
  | 'CallEstablished'
  | 'CallCleared'
  | 'CallFailed'
  | 'SessionClosed'
>;

/** The windows that have changed since the last time this was asked, those of changed contacts included. */
export const takeChangedWindows = (
  view: CallWindowView,
  changedContacts: ReadonlySet<ContactId>,
): ReadonlySet<ContactId> => {
  const { changed } = view;
  view.changed = new Set();
  for (const contactId of changedContacts) if (view.windows.has(contactId)) changed.add(contactId);
  return changed;
};
