import type { CallFacts } from '#domain/billing/call-record.events.js';
import type { AgentId, CallCentreId, CallId, ContactId } from '#domain/kernel/ids.js';
import type { AgentConnection, LiveCall, LiveCalls } from '#domain/policies/views.js';

export type LiveCallsView = {
  calls: Map<CallId, LiveCall>;
  ofContact: Map<ContactId, Set<CallId>>;
  load: Map<CallCentreId, number>;
  facts: Map<CallId, Partial<CallFacts>>;
};

export const noCalls = (): LiveCallsView => ({
  calls: new Map(),
  ofContact: new Map(),
  load: new Map(),
  facts: new Map(),
});

const linkContact = (view: LiveCallsView, contactId: ContactId, callId: CallId): void => {
  const calls = view.ofContact.get(contactId);
  if (calls) calls.add(callId);
  else view.ofContact.set(contactId, new Set([callId]));
};

const unlinkContact = (view: LiveCallsView, contactId: ContactId, callId: CallId): void => {
  const calls = view.ofContact.get(contactId);
  calls?.delete(callId);
  if (calls?.size === 0) view.ofContact.delete(contactId);
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
    if (before.contactId !== call.contactId) unlinkContact(view, before.contactId, call.callId);
  }
  addLoad(view, loaded(call), 1);
  linkContact(view, call.contactId, call.callId);
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
  unlinkContact(view, call.contactId, callId);
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
  load: (centreId) => view.load.get(centreId) ?? 0,
  all: () => view.calls.values(),
  facts: (callId) => view.facts.get(callId),
});
