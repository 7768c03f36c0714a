import type { LogEventOf } from '#domain/events.js';
import type { CallFacts } from '#domain/billing/call-record.events.js';
import type { AgentId, CallId, DeviceId } from '#domain/kernel/ids.js';
import type { AgentConnection, LiveCall } from '#domain/policies/views.js';
import type { Projection } from '../projection.js';
import { changeCall, dropCall, noCalls, putCall, withAgent, type LiveCallsView } from './live-calls.view.js';

type AgentEvent = Readonly<{ stream: string; data: Readonly<{ agentId?: AgentId; device?: DeviceId }> }>;

const setAgent = (
  view: LiveCallsView,
  { stream, data: { agentId, device } }: AgentEvent,
  state: AgentConnection['state'],
  hop?: number,
): void => {
  if (agentId === undefined || device === undefined) return;
  changeCall(view, stream, ({ agents }) => ({
    agents: withAgent(agents, agentId, {
      agentId,
      device,
      state,
      hop: hop ?? agents.find((each) => each.agentId === agentId)?.hop ?? 0,
    }),
  }));
};

const removeAgent = (view: LiveCallsView, { stream, data: { agentId } }: AgentEvent): void => {
  if (agentId !== undefined) {
    changeCall(view, stream, ({ agents }) => ({ agents: withAgent(agents, agentId, undefined) }));
  }
};

const gather = (view: LiveCallsView, stream: string, facts: Partial<CallFacts>): void => {
  const callId = stream as CallId;
  view.facts.set(callId, { ...view.facts.get(callId), ...facts });
};

const begin = (
  event: Readonly<{ stream: string; meta: LogEventOf<'CallQueued'>['meta'] }>,
): Omit<LiveCall, 'side' | 'contactId'> => ({
  callId: event.stream as CallId,
  startedAt: event.meta.occurredAt,
  established: false,
  clearing: false,
  tried: [],
  agents: [],
});

const untie = (view: LiveCallsView, callId: CallId | undefined): void => {
  const call = callId === undefined ? undefined : view.calls.get(callId);
  if (!call) return;
  const { partner: _former, ...rest } = call;
  putCall(view, rest);
};

const correlate = (view: LiveCallsView, event: LogEventOf<'CorrelationDecided'>): void => {
  const { contactId, ...correlation } = event.data;
  const callId = event.stream as CallId;
  untie(view, view.calls.get(callId)?.partner);
  untie(view, callId);
  const candidate = correlation.candidates[0];
  const tied = candidate && (correlation.verdict === 'certain' || correlation.verdict === 'probable');
  changeCall(view, callId, () => ({ contactId, correlation, ...(tied ? { partner: candidate.callId } : {}) }));
  if (tied) changeCall(view, candidate.callId, () => ({ partner: callId }));
};

const endTransfer = (view: LiveCallsView, stream: string): void => {
  const call = view.calls.get(stream as CallId);
  if (!call) return;
  const { transfer: _over, ...rest } = call;
  putCall(view, rest);
};

const end = (view: LiveCallsView, { stream }: Readonly<{ stream: string }>): void => {
  dropCall(view, stream as CallId);
};

/** Calls in progress on both sides of the gateways, and the facts of each for its call record. */
export const liveCalls = {
  name: 'live-calls',
  version: 1,
  empty: noCalls,
  on: {
    CallRequested: (view, event) => {
      const { contactId, sessionId, linkId } = event.data;
      putCall(view, { ...begin(event), side: 'gateway', contactId, sessionId });
      gather(view, event.stream, {
        contactId,
        requestedAt: event.meta.occurredAt,
        ...(linkId === undefined ? {} : { linkId }),
      });
    },
    DestinationSelected: (view, { stream, data: { number, centreId } }) => {
      const destination = { number, ...(centreId === undefined ? {} : { centreId }) };
      changeCall(view, stream, () => ({ destination }));
      gather(view, stream, { destination });
    },
    GatewaySelected: (view, { stream, data: { gatewayId } }) => {
      changeCall(view, stream, ({ tried }) => ({ tried: [...tried, gatewayId] }));
    },
    CallOriginated: (view, { stream, data: { gatewayId, port } }) => {
      gather(view, stream, { gatewayId, port });
    },
    ClearCallRequested: (view, { stream }) => {
      changeCall(view, stream, () => ({ clearing: true }));
    },
    CallQueued: (view, event) => {
      const { contactId, occurredAt } = event.meta;
      const { centreId, ...arrival } = event.data;
      if (contactId === undefined) return;
      putCall(view, { ...begin(event), side: 'centre', contactId, centreId, arrival, queuedAt: occurredAt });
    },
    CorrelationDecided: correlate,
    RouteSelected: (view, event) => {
      setAgent(view, event, 'reserved');
    },
    CallDelivered: (view, event) => {
      setAgent(view, event, 'alerting', event.data.hop);
    },
    CallEstablished: (view, event) => {
      changeCall(view, event.stream, () => ({ established: true }));
      setAgent(view, event, 'connected');
      if (view.facts.has(event.stream as CallId) && view.facts.get(event.stream as CallId)?.answeredAt === undefined) {
        gather(view, event.stream, { answeredAt: event.meta.occurredAt });
      }
    },
    CallHeld: (view, event) => {
      setAgent(view, event, 'held');
    },
    CallRetrieved: (view, event) => {
      setAgent(view, event, 'connected');
    },
    CallDiverted: removeAgent,
    ConnectionCleared: removeAgent,
    TransferRequested: (view, { stream, data }) => {
      changeCall(view, stream, () => ({ transfer: data }));
    },
    TransferFailed: (view, { stream }) => {
      endTransfer(view, stream);
    },
    CallTransferred: (view, { stream }) => {
      endTransfer(view, stream);
    },
    CallConferenced: (view, { stream }) => {
      endTransfer(view, stream);
    },
    CallCleared: end,
    CallFailed: end,
    CallRecordIssued: (view, { data: { callId } }) => void view.facts.delete(callId),
  },
} satisfies Projection<
  LiveCallsView,
  | 'CallRequested'
  | 'DestinationSelected'
  | 'GatewaySelected'
  | 'CallOriginated'
  | 'ClearCallRequested'
  | 'CallQueued'
  | 'CorrelationDecided'
  | 'RouteSelected'
  | 'CallDelivered'
  | 'CallEstablished'
  | 'CallHeld'
  | 'CallRetrieved'
  | 'CallDiverted'
  | 'ConnectionCleared'
  | 'TransferRequested'
  | 'TransferFailed'
  | 'CallTransferred'
  | 'CallConferenced'
  | 'CallCleared'
  | 'CallFailed'
  | 'CallRecordIssued'
>;
