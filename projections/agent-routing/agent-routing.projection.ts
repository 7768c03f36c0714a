import type { LogEventOf } from '#domain/events.js';
import type { AgentId, CallCentreId, CallId, MerchantId } from '#domain/kernel/ids.js';
import { tenantOf } from '#domain/kernel/ids.js';
import type { AgentDirectory, KnownAgent } from '#domain/policies/views.js';
import { instant } from '#domain/kernel/time.js';
import type { AgentState, QueueGlance } from '#domain/views/agent-desktop.js';
import type { Projection } from '../projection.js';
import { eraseAgent, isErasedName } from './erase-agent.js';
import { loginKey, type AgentRoutingView } from './agent-routing.view.js';

const change = (view: AgentRoutingView, stream: string, to: Partial<KnownAgent>): void => {
  const agent = view.agents.get(stream as AgentId);
  if (agent) view.agents.set(agent.agentId, { ...agent, ...to });
};

const unreserve = (view: AgentRoutingView, stream: string): void => {
  const agentId = stream as AgentId;
  const callId = view.callOfReserved.get(agentId);
  if (callId === undefined) return;
  view.callOfReserved.delete(agentId);
  const agents = view.reserved.get(callId);
  agents?.delete(agentId);
  if (agents?.size === 0) view.reserved.delete(callId);
};

const reserve = (view: AgentRoutingView, stream: string, callId: CallId): void => {
  unreserve(view, stream);
  const agentId = stream as AgentId;
  view.callOfReserved.set(agentId, callId);
  const agents = view.reserved.get(callId);
  if (agents) agents.add(agentId);
  else view.reserved.set(callId, new Set([agentId]));
};

const enters =
  (state: AgentState) =>
  (
    view: AgentRoutingView,
    { stream, meta }: Readonly<{ stream: string; meta: LogEventOf<'AgentReady'>['meta'] }>,
  ): void => {
    unreserve(view, stream);
    change(view, stream, { state, since: meta.occurredAt });
  };

const register = (view: AgentRoutingView, { stream, data, meta }: LogEventOf<'AgentRegistered'>): void => {
  const agentId = stream as AgentId;
  const { loginName, displayName, centreId, device, roles } = data;
  const before = view.agents.get(agentId);
  if (before) view.byDevice.delete(before.device);
  view.agents.set(agentId, {
    state: 'logged-off',
    since: meta.occurredAt,
    ...before,
    agentId,
    loginName,
    displayName,
    centreId,
    device,
    roles,
  });
  view.byDevice.set(device, agentId);
  if (!isErasedName(loginName)) view.byLogin.set(loginKey(tenantOf(agentId), loginName), agentId);
};

const channelsOf = (view: AgentRoutingView, stream: string): Map<string, AgentId> => {
  const merchantId = tenantOf(stream);
  const channels = view.channels.get(merchantId) ?? new Map<string, AgentId>();
  view.channels.set(merchantId, channels);
  return channels;
};

const waitingAt = (view: AgentRoutingView, stream: string): Map<string, number> => {
  const centreId = stream.replace(/^queue-/, 'centre-') as CallCentreId;
  const waiting = view.waiting.get(centreId) ?? new Map<string, number>();
  view.waiting.set(centreId, waiting);
  return waiting;
};

/** Who the agents are, where, in which state, reachable by which device and channel code; and what waits for them. */
export const agentRouting = {
  name: 'agent-routing',
  version: 1,
  empty: (): AgentRoutingView => ({
    agents: new Map(),
    byDevice: new Map(),
    byLogin: new Map(),
    reserved: new Map(),
    callOfReserved: new Map(),
    channels: new Map(),
    waiting: new Map(),
  }),
  on: {
    AgentRegistered: register,
    AgentLoggedOn: (view, { stream, data: { channelCode, device, centreId } }) => {
      change(view, stream, { channelCode, device, centreId });
      view.byDevice.set(device, stream as AgentId);
    },
    AgentReady: enters('ready'),
    AgentNotReady: enters('not-ready'),
    AgentReserved: (view, event) => {
      enters('reserved')(view, event);
      reserve(view, event.stream, event.data.callId);
    },
    AgentBusy: enters('busy'),
    AgentWorkingAfterCall: enters('working-after-call'),
    AgentLoggedOff: (view, event) => {
      const agent = view.agents.get(event.stream as AgentId);
      if (!agent) return;
      unreserve(view, agent.agentId);
      const { channelCode: _given, ...rest } = agent;
      view.agents.set(agent.agentId, { ...rest, state: 'logged-off', since: event.meta.occurredAt });
    },
    ChannelAssigned: (view, { stream, data: { agentId, code } }) => void channelsOf(view, stream).set(code, agentId),
    ChannelReleased: (view, { stream, data: { code } }) => void channelsOf(view, stream).delete(code),
    CallJoinedQueue: (view, { stream, data: { callId, since } }) => void waitingAt(view, stream).set(callId, since),
    CallLeftQueue: (view, { stream, data: { callId } }) => void waitingAt(view, stream).delete(callId),
    CallAssigned: (view, { stream, data: { callId } }) => void waitingAt(view, stream).delete(callId),
    SubjectKeyDestroyed: eraseAgent,
  },
} satisfies Projection<
  AgentRoutingView,
  | 'AgentRegistered'
  | 'AgentLoggedOn'
  | 'AgentReady'
  | 'AgentNotReady'
  | 'AgentReserved'
  | 'AgentBusy'
  | 'AgentWorkingAfterCall'
  | 'AgentLoggedOff'
  | 'ChannelAssigned'
  | 'ChannelReleased'
  | 'CallJoinedQueue'
  | 'CallLeftQueue'
  | 'CallAssigned'
  | 'SubjectKeyDestroyed'
>;

const none: ReadonlyMap<string, AgentId> = new Map();

export const agentRoutingQueries = (view: AgentRoutingView): AgentDirectory => ({
  agent: (agentId) => view.agents.get(agentId),
  byDevice: (device) => {
    const agentId = view.byDevice.get(device);
    return agentId === undefined ? undefined : view.agents.get(agentId);
  },
  reservedFor: (callId) => [...(view.reserved.get(callId) ?? [])],
  channels: (merchantId) => view.channels.get(merchantId) ?? none,
});

/** How long the queue of a centre is, and who is ready for it. */
export const queueGlance = (view: AgentRoutingView, centreId: CallCentreId): QueueGlance => {
  const waiting = view.waiting.get(centreId);
  const oldest = waiting && waiting.size > 0 ? Math.min(...waiting.values()) : undefined;
  let readyAgents = 0;
  for (const agent of view.agents.values()) {
    if (agent.centreId === centreId && agent.state === 'ready') readyAgents += 1;
  }
  return {
    waiting: waiting?.size ?? 0,
    readyAgents,
    ...(oldest === undefined ? {} : { oldestSince: instant(oldest) }),
  };
};

/** The agent with that log-in name, whatever its case. */
export const agentByLogin = (
  view: AgentRoutingView,
  merchantId: MerchantId,
  loginName: string,
): KnownAgent | undefined => {
  const agentId = view.byLogin.get(loginKey(merchantId, loginName));
  return agentId === undefined ? undefined : view.agents.get(agentId);
};
