import type { CallFacts } from '#domain/billing/call-record.events.js';
import type { AgentId, CallCentreId, CallId, ContactId } from '#domain/kernel/ids.js';
import type { AgentConnection, LiveCall, LiveCalls } from '#domain/policies/views.js';

export type LiveCallsView = {
  calls: Map<CallId, LiveCall>;
  ofContact: Map<ContactId, Set<CallId>>;
  ofAgent: Map<AgentId, Set<CallId>>;
  load: Map<CallCentreId, number>;
  facts: Map<CallId, Partial<CallFacts>>;
};

export const noCalls = (): LiveCallsView => ({
  calls: new Map(),
  ofContact: new Map(),
  ofAgent: new Map(),
  load: new Map(),
  facts: new Map(),
});

const link = <Key>(index: Map<Key, Set<CallId>>, key: Key, callId: CallId): void => {
  const calls = index.get(key);
  if (calls) calls.add(callId);
  else index.set(key, new Set([callId]));
};

const unlink = <Key>(index: Map<Key, Set<CallId>>, key: Key, callId: CallId): void => {
  const calls = index.get(key);
  calls?.delete(callId);
  if (calls?.size === 0) index.delete(key);
};

const linkAll = (view: LiveCallsView, { callId, contactId, agents }: LiveCall, change: typeof link): void => {
  change(view.ofContact, contactId, callId);
  for (const { agentId } of agents) change(view.ofAgent, agentId, callId);
};

/** A call on its way to a centre counts there until it arrives; from then on the centre's own call counts. */
const loaded = (call: LiveCall): CallCentreId | undefined =>
  call.side === 'centre' ? call.centreId : call.partner === undefined ? call.destination?.centreId : undefined;

const addLoad = (view: LiveCallsView, centreId: CallCentreId | undefined, by: 1 | -1): void => {
  if (centreId !== undefined) view.load.set(centreId, Math.max(0, (view.load.get(centreId) ?? 0) + by));
};

export const putCall = (view: LiveCallsView, call: LiveCall): void => {
  const before = view.calls.get(call.callId);
  if (before) {
    addLoad(view, loaded(before), -1);
    linkAll(view, before, unlink);
  }
  addLoad(view, loaded(call), 1);
  linkAll(view, call, link);
  view.calls.set(call.callId, call);
};

export const changeCall = (
  view: LiveCallsView,
  callId: string,
  change: (call: LiveCall) => Partial<LiveCall>,
): void => {
  const call = view.calls.get(callId as CallId);
  if (call) putCall(view, { ...call, ...change(call) });
};

export const dropCall = (view: LiveCallsView, callId: CallId): void => {
  const call = view.calls.get(callId);
  if (!call) return;
  addLoad(view, loaded(call), -1);
  linkAll(view, call, unlink);
  view.calls.delete(callId);
};

/** The agents of a call with one of them changed, added (`connection`) or taken out (`undefined`). */
export const withAgent = (
  agents: readonly AgentConnection[],
  agentId: AgentId,
  connection: AgentConnection | undefined,
): readonly AgentConnection[] => [
  ...agents.filter((each) => each.agentId !== agentId),
  ...(connection === undefined ? [] : [connection]),
];

export const liveCallsQueries = (view: LiveCallsView): LiveCalls => ({
  call: (callId) => view.calls.get(callId),
  ofContact: (contactId) =>
    [...(view.ofContact.get(contactId) ?? [])].flatMap((callId) => view.calls.get(callId) ?? []),
  ofAgent: (agentId) => [...(view.ofAgent.get(agentId) ?? [])].flatMap((callId) => view.calls.get(callId) ?? []),
  load: (centreId) => view.load.get(centreId) ?? 0,
  all: () => view.calls.values(),
  facts: (callId) => view.facts.get(callId),
});
