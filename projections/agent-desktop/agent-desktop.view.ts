import type { NotReadyReason, PendingState } from '#domain/agent/agent.events.js';
import type { CorrelationDecision } from '#domain/correlation/correlation.events.js';
import type { AgentId, CallId, ContactId, PopId } from '#domain/kernel/ids.js';
import type { Instant } from '#domain/kernel/time.js';
import type { Belief } from '#domain/pop/pop.events.js';
import type { AgentState, DesktopCallState } from '#domain/views/agent-desktop.js';

/** What the switch said when the call arrived. */
export type Arrival = Readonly<{ ani: string; dnis: string; callerName?: string; correlation?: CorrelationDecision }>;

/** The call that the agent's own device is, or just was, in. */
export type DeskCall = Readonly<{
  callId: CallId;
  contactId: ContactId;
  arrival: Arrival;
  state: DesktopCallState;
  since: Instant;
  hop: number;
  popId?: PopId;
  pop: 'offered' | 'opened' | 'retracted';
  belief?: Belief;
  transfer?: Readonly<{ kind: 'transfer' | 'conference'; to: AgentId; state: 'ringing' | 'failed'; reason?: string }>;
}>;

export type Desk = Readonly<{
  agentId: AgentId;
  state: AgentState;
  since: Instant;
  notReadyReason?: NotReadyReason;
  pending?: PendingState;
  channelCode?: string;
  call?: DeskCall;
}>;

export type AgentDesktopView = {
  desks: Map<AgentId, Desk>;
  arrivals: Map<CallId, Arrival>;
  /** Who has a connection in each call at a centre. */
  parties: Map<CallId, Set<AgentId>>;
  /** On whose screen each contact is. */
  watchers: Map<ContactId, Set<AgentId>>;
  /** Desks that have changed since they were last asked for. */
  changed: Set<AgentId>;
};

export const noDesks = (): AgentDesktopView => ({
  desks: new Map(),
  arrivals: new Map(),
  parties: new Map(),
  watchers: new Map(),
  changed: new Set(),
});

const watch = (view: AgentDesktopView, contactId: ContactId, agentId: AgentId): void => {
  const watchers = view.watchers.get(contactId);
  if (watchers) watchers.add(agentId);
  else view.watchers.set(contactId, new Set([agentId]));
};

const unwatch = (view: AgentDesktopView, contactId: ContactId, agentId: AgentId): void => {
  const watchers = view.watchers.get(contactId);
  watchers?.delete(agentId);
  if (watchers?.size === 0) view.watchers.delete(contactId);
};

export const putDesk = (view: AgentDesktopView, desk: Desk): void => {
  const before = view.desks.get(desk.agentId)?.call?.contactId;
  const now = desk.call?.contactId;
  if (before !== undefined && before !== now) unwatch(view, before, desk.agentId);
  if (now !== undefined) watch(view, now, desk.agentId);
  view.desks.set(desk.agentId, desk);
  view.changed.add(desk.agentId);
};

export const changeDesk = (view: AgentDesktopView, agentId: string, to: (desk: Desk) => Desk): void => {
  const desk = view.desks.get(agentId as AgentId);
  if (desk) putDesk(view, to(desk));
};

/** Changes the desk's call, if it is this one. */
export const changeDeskCall = (
  view: AgentDesktopView,
  agentId: AgentId | undefined,
  callId: string,
  to: (call: DeskCall) => DeskCall,
): void => {
  if (agentId === undefined) return;
  changeDesk(view, agentId, (desk) => (desk.call?.callId === callId ? { ...desk, call: to(desk.call) } : desk));
};

const beforeTheEndOfACall: readonly AgentState[] = ['busy', 'working-after-call'];

/** One state follows another: the reason belongs to the one before; what is pending is so until call and wrap-up are over. */
export const enterState = (
  view: AgentDesktopView,
  agentId: string,
  entered: Pick<Desk, 'state' | 'since' | 'notReadyReason'>,
): void => {
  changeDesk(view, agentId, ({ notReadyReason: _reason, pending, ...desk }) => ({
    ...desk,
    ...(pending && beforeTheEndOfACall.includes(entered.state) && { pending }),
    ...entered,
  }));
};

export const leaveCall = (view: AgentDesktopView, agentId: string): void => {
  changeDesk(view, agentId, ({ call: _over, ...desk }) => desk);
};

/** The desks that have changed since the last time this was asked, those that show a changed contact included. */
export const takeChangedDesks = (
  view: AgentDesktopView,
  changedContacts: ReadonlySet<ContactId>,
): ReadonlySet<AgentId> => {
  const { changed } = view;
  view.changed = new Set();
  for (const contactId of changedContacts) {
    for (const agentId of view.watchers.get(contactId) ?? []) changed.add(agentId);
  }
  return changed;
};
