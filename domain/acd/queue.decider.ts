import { accept, ignore, type Decider, type Decision } from '../kernel/decider.js';
import type { AgentId, CallId, ContactId, DeviceId } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { AssignmentPurpose, QueueCommand, QueueEvent } from './queue.events.js';
import { joining, leaving, type WaitingLine } from './waiting-line.js';

type WaitingCall = Readonly<{ callId: CallId; contactId: ContactId; since: Instant }>;
type WaitingAgent = Readonly<{ agentId: AgentId; device: DeviceId; since: Instant }>;

/** Who waits for whom. Never calls and agents at once: then one would have been given to the other. */
export type Queue = Readonly<{
  calls: WaitingLine<WaitingCall>;
  agents: WaitingLine<WaitingAgent>;
  /** Latest first. */
  assigned: readonly Readonly<{ callId: CallId; agentId: AgentId }>[];
}>;

/** As many assignments as may be going on when something is said again after a crash. */
const assignmentsKept = 128;

const placeOfCall = ({ calls }: Queue, callId: CallId): number => calls.findIndex((call) => call.callId === callId);
const placeOfAgent = ({ agents }: Queue, agentId: AgentId): number =>
  agents.findIndex((agent) => agent.agentId === agentId);

const seconds = (from: Instant, to: Instant): string => `${Math.max(0, Math.round((to - from) / 1_000))} s`;

const assigned = (
  { callId, contactId, since }: WaitingCall,
  { agentId, device }: WaitingAgent,
  purpose: AssignmentPurpose,
  because: string,
): QueueEvent => ({ type: 'CallAssigned', data: { callId, contactId, agentId, device, purpose, since, because } });

/** A call that has been given to an agent comes back from that agent; anything else was said before. */
const isKnown = (queue: Queue, { callId, returnedBy }: Readonly<{ callId: CallId; returnedBy?: AgentId }>): boolean => {
  if (placeOfCall(queue, callId) >= 0) return true;
  const last = queue.assigned.find((each) => each.callId === callId);
  return last !== undefined && last.agentId !== returnedBy;
};

const joinQueue = (queue: Queue, call: WaitingCall, at: Instant): readonly QueueEvent[] => {
  const joined: QueueEvent = { type: 'CallJoinedQueue', data: call };
  const [agent] = queue.agents;
  if (!agent) return [joined];
  const because = `longest idle of ${queue.agents.length} ready: ${seconds(agent.since, at)}`;
  return [joined, assigned(call, agent, 'next-in-queue', because)];
};

const offerAgent = (queue: Queue, agent: WaitingAgent, at: Instant): readonly QueueEvent[] => {
  const joined: QueueEvent = { type: 'AgentJoinedQueue', data: agent };
  const [call] = queue.calls;
  if (!call) return [joined];
  const because = `first of ${queue.calls.length} waiting: ${seconds(call.since, at)}; the only one ready`;
  return [joined, assigned(call, agent, 'next-in-queue', because)];
};

const assignTo = (queue: Queue, { at, data }: Extract<QueueCommand, { type: 'AssignToAgent' }>): QueueEvent => {
  const { callId, contactId, agentId, purpose } = data;
  const agent = queue.agents[placeOfAgent(queue, agentId)];
  return agent
    ? assigned({ callId, contactId, since: at }, agent, purpose, 'asked for by name')
    : { type: 'AssignmentRefused', data: { callId, agentId, purpose } };
};

const decide = (command: QueueCommand, queue: Queue): Decision<QueueEvent> => {
  const { type, at, data } = command;
  switch (type) {
    case 'JoinQueue': {
      const { callId, contactId, since } = data;
      return isKnown(queue, data) ? ignore : accept(...joinQueue(queue, { callId, contactId, since }, at));
    }
    case 'LeaveQueue':
      return placeOfCall(queue, data.callId) < 0 ? ignore : accept({ type: 'CallLeftQueue', data });
    case 'OfferAgent':
      return placeOfAgent(queue, data.agentId) < 0 ? accept(...offerAgent(queue, data, at)) : ignore;
    case 'WithdrawAgent':
      return placeOfAgent(queue, data.agentId) < 0 ? ignore : accept({ type: 'AgentLeftQueue', data });
    case 'AssignToAgent':
      return accept(assignTo(queue, command));
  }
};

const evolve = (queue: Queue, { type, data }: QueueEvent): Queue => {
  switch (type) {
    case 'CallJoinedQueue':
      return { ...queue, calls: joining(queue.calls, data) };
    case 'CallLeftQueue':
      return { ...queue, calls: leaving(queue.calls, placeOfCall(queue, data.callId)) };
    case 'AgentJoinedQueue':
      return { ...queue, agents: joining(queue.agents, data) };
    case 'AgentLeftQueue':
      return { ...queue, agents: leaving(queue.agents, placeOfAgent(queue, data.agentId)) };
    case 'CallAssigned': {
      const { callId, agentId } = data;
      return {
        calls: leaving(queue.calls, placeOfCall(queue, callId)),
        agents: leaving(queue.agents, placeOfAgent(queue, agentId)),
        assigned: [{ callId, agentId }, ...queue.assigned.slice(0, assignmentsKept - 1)],
      };
    }
    case 'AssignmentRefused':
      return queue;
  }
};

/** An automatic call distributor: first come, first served, by the agent who has been idle longest. */
export const queueDecider: Decider<QueueCommand, Queue, QueueEvent> = {
  initialState: { calls: [], agents: [], assigned: [] },
  decide,
  evolve,
};
