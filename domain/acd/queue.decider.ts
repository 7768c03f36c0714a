import { accept, ignore, type Decider, type Decision } from '../kernel/decider.js';
import type { AgentId, CallId, ContactId, DeviceId } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { AssignmentPurpose, QueueCommand, QueueEvent } from './queue.events.js';

type WaitingCall = Readonly<{ contactId: ContactId; since: Instant }>;
type WaitingAgent = Readonly<{ device: DeviceId; since: Instant }>;

/** Who waits for whom. Never calls and agents at once: then one would have been given to the other. */
export type Queue = Readonly<{
  calls: ReadonlyMap<CallId, WaitingCall>;
  agents: ReadonlyMap<AgentId, WaitingAgent>;
}>;

/** The one who has waited longest; of two who began together, the one who came first. */
const longestWaiting = <Id, Entry extends Readonly<{ since: Instant }>>(
  waiting: ReadonlyMap<Id, Entry>,
): readonly [Id, Entry] | undefined => {
  let longest: readonly [Id, Entry] | undefined;
  for (const entry of waiting) if (longest === undefined || entry[1].since < longest[1].since) longest = entry;
  return longest;
};

const seconds = (from: Instant, to: Instant): string => `${Math.max(0, Math.round((to - from) / 1_000))} s`;

type Assignment = Readonly<{
  call: readonly [CallId, WaitingCall];
  agent: readonly [AgentId, WaitingAgent];
  purpose: AssignmentPurpose;
  because: string;
}>;

const assigned = ({ call, agent, purpose, because }: Assignment): QueueEvent => {
  const [[callId, { contactId, since }], [agentId, { device }]] = [call, agent];
  return { type: 'CallAssigned', data: { callId, contactId, agentId, device, purpose, since, because } };
};

const joinQueue = (queue: Queue, call: readonly [CallId, WaitingCall], at: Instant): readonly QueueEvent[] => {
  const [callId, { contactId, since }] = call;
  const joined: QueueEvent = { type: 'CallJoinedQueue', data: { callId, contactId, since } };
  const agent = longestWaiting(queue.agents);
  if (!agent) return [joined];
  const because = `longest idle of ${queue.agents.size} ready: ${seconds(agent[1].since, at)}`;
  return [joined, assigned({ call, agent, purpose: 'next-in-queue', because })];
};

const offerAgent = (queue: Queue, agent: readonly [AgentId, WaitingAgent], at: Instant): readonly QueueEvent[] => {
  const [agentId, { device, since }] = agent;
  const joined: QueueEvent = { type: 'AgentJoinedQueue', data: { agentId, device, since } };
  const call = longestWaiting(queue.calls);
  if (!call) return [joined];
  const because = `first of ${queue.calls.size} waiting: ${seconds(call[1].since, at)}; the only one ready`;
  return [joined, assigned({ call, agent, purpose: 'next-in-queue', because })];
};

const without = <Id, Entry>(map: ReadonlyMap<Id, Entry>, id: Id): ReadonlyMap<Id, Entry> => {
  const copy = new Map(map);
  copy.delete(id);
  return copy;
};

/** An automatic call distributor: first come, first served, by the agent who has been idle longest. */
export const queueDecider: Decider<QueueCommand, Queue, QueueEvent> = {
  initialState: { calls: new Map(), agents: new Map() },

  decide: ({ type, at, data }, queue): Decision<QueueEvent> => {
    switch (type) {
      case 'JoinQueue': {
        const { callId, contactId, since } = data;
        return queue.calls.has(callId) ? ignore : accept(...joinQueue(queue, [callId, { contactId, since }], at));
      }
      case 'LeaveQueue':
        return queue.calls.has(data.callId) ? accept({ type: 'CallLeftQueue', data }) : ignore;
      case 'OfferAgent': {
        const { agentId, device, since } = data;
        return queue.agents.has(agentId) ? ignore : accept(...offerAgent(queue, [agentId, { device, since }], at));
      }
      case 'WithdrawAgent':
        return queue.agents.has(data.agentId) ? accept({ type: 'AgentLeftQueue', data }) : ignore;
      case 'AssignToAgent': {
        const { callId, contactId, agentId, purpose } = data;
        const agent = queue.agents.get(agentId);
        if (!agent) return accept({ type: 'AssignmentRefused', data: { callId, agentId, purpose } });
        const because = 'asked for by name';
        return accept(
          assigned({ call: [callId, { contactId, since: at }], agent: [agentId, agent], purpose, because }),
        );
      }
    }
  },

  evolve: ({ calls, agents }, { type, data }) => {
    switch (type) {
      case 'CallJoinedQueue':
        return { agents, calls: new Map(calls).set(data.callId, { contactId: data.contactId, since: data.since }) };
      case 'CallLeftQueue':
        return { agents, calls: without(calls, data.callId) };
      case 'AgentJoinedQueue':
        return { calls, agents: new Map(agents).set(data.agentId, { device: data.device, since: data.since }) };
      case 'AgentLeftQueue':
        return { calls, agents: without(agents, data.agentId) };
      case 'CallAssigned':
        return { calls: without(calls, data.callId), agents: without(agents, data.agentId) };
      case 'AssignmentRefused':
        return { calls, agents };
    }
  },
};
