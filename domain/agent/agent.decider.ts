import { accept, ignore, reject, type Decider, type Decision } from '../kernel/decider.js';
import { sameData } from '../kernel/same-data.js';
import type { AgentCommand, AgentRejection } from './agent.commands.js';
import type { AgentEvent, PendingState } from './agent.events.js';
import { evolveAgent } from './agent.evolve.js';
import { isInCall, isOnDuty, type Agent, type AgentInCall, type AgentOnDuty } from './agent.state.js';
import { becomes, didNotAnswer, nextOf, notReady, statePending } from './agent.transitions.js';

type AgentDecision = Decision<AgentEvent, AgentRejection>;
type Of<Type extends AgentCommand['type']> = Extract<AgentCommand, { type: Type }>;

const longestNotes = 10_000;
const returned: AgentEvent = { type: 'AgentReturned', data: {} };
const connectionLost: PendingState = { state: 'not-ready', reason: 'connection-lost' };

const logOn = (agent: Agent, { data: { channelCode, device } }: Of<'LogOn'>): AgentDecision => {
  if (agent.status === 'unknown') return reject('unknown-agent');
  if (agent.status !== 'logged-off') {
    const isSame = agent.channelCode === channelCode && (device === undefined || device === agent.device);
    return isSame ? ignore : reject('already-logged-on');
  }
  const { profile } = agent;
  const { centreId } = profile;
  return accept<AgentEvent>(
    { type: 'AgentLoggedOn', data: { device: device ?? profile.device, channelCode, centreId } },
    { type: 'AgentNotReady', data: { reason: 'logged-on', centreId } },
  );
};

/** At once where the agent is free to change, the wrap-up included; after the call where one rings or goes on. */
const change = (agent: AgentOnDuty, next: PendingState, { at }: AgentCommand): AgentDecision => {
  if (agent.status !== 'reserved' && agent.status !== 'busy') return accept(becomes(agent, next, at));
  return sameData(agent.pending, next) ? ignore : accept(statePending(next));
};

/** Whoever asks to be ready is there, whatever was heard of the page. */
const goReady = (agent: AgentOnDuty, command: AgentCommand): AgentDecision => {
  if (agent.status === 'ready') return ignore;
  const decision = change(agent, { state: 'ready' }, command);
  return agent.lost && decision.outcome === 'accepted' ? accept(returned, ...decision.events) : decision;
};

const goNotReady = (agent: AgentOnDuty, command: Of<'GoNotReady'>): AgentDecision => {
  const { reason } = command.data;
  if (agent.status === 'not-ready' && agent.reason === reason) return ignore;
  return change(agent, { state: 'not-ready', reason }, command);
};

const reserve = (agent: Agent, { data: { callId, contactId, since } }: Of<'ReserveAgent'>): AgentDecision => {
  if (agent.status === 'unknown') return reject('unknown-agent');
  if (isInCall(agent) && agent.callId === callId) return ignore;
  if (agent.status === 'ready') {
    return accept({ type: 'AgentReserved', data: { callId, contactId, device: agent.device, since } });
  }
  const { centreId } = isOnDuty(agent) ? agent : agent.profile;
  return accept({ type: 'AgentReservationDeclined', data: { callId, contactId, since, centreId } });
};

/**
 * The switch has the agent on a call: the reserved one, or one that came to the phone by itself. A call that rings at the
 * same time goes unanswered, and somebody who was not ready is not ready again afterwards.
 */
const connected = (agent: AgentOnDuty, { data }: Of<'ReportAgentConnected'>): AgentDecision => {
  const busy: AgentEvent = { type: 'AgentBusy', data };
  if (isInCall(agent) && agent.callId === data.callId) return agent.status === 'reserved' ? accept(busy) : ignore;
  if (agent.past.calls.includes(data.callId)) return ignore;
  if (agent.status === 'reserved') return accept(didNotAnswer(agent), busy);
  if (agent.status === 'not-ready') return accept(busy, statePending({ state: 'not-ready', reason: agent.reason }));
  return accept(busy);
};

const noAnswer = (agent: AgentInCall, { at }: AgentCommand): AgentDecision => {
  const asked = nextOf(agent);
  const next = asked.state === 'ready' ? notReady(agent, 'no-answer') : becomes(agent, asked, at);
  return accept(didNotAnswer(agent), next);
};

/** The rule for an agent in that state with that very call; whoever is elsewhere has nothing to do with the report. */
const inCall = (
  agent: AgentOnDuty,
  status: AgentInCall['status'],
  { data }: Of<'ReportAgentDisconnected' | 'ReleaseReservation' | 'ReportNoAnswer'>,
  rule: (agent: AgentInCall) => AgentDecision,
): AgentDecision => (isInCall(agent) && agent.status === status && agent.callId === data.callId ? rule(agent) : ignore);

/** Nobody is given calls whom nobody has seen for a while: now, or when the present call is over. */
const lose = (agent: AgentOnDuty, { data: { lastSeen } }: Of<'ReportAgentLost'>): AgentDecision => {
  if (agent.lost) return ignore;
  const lost: AgentEvent = { type: 'AgentLost', data: { lastSeen } };
  if (agent.status === 'ready') return accept(lost, notReady(agent, 'connection-lost'));
  return isInCall(agent) && nextOf(agent).state === 'ready' ? accept(lost, statePending(connectionLost)) : accept(lost);
};

/** Back during the call: ready after it, unless the agent wanted otherwise. Back after it: ready when the agent says so. */
const comeBack = (agent: AgentOnDuty): AgentDecision => {
  if (!agent.lost) return ignore;
  const wasOnlyLost = isInCall(agent) && sameData(agent.pending, connectionLost);
  return wasOnlyLost ? accept(returned, statePending({ state: 'ready' })) : accept(returned);
};

const takeNotes = (agent: Agent, { data }: Of<'TakeNotes'>): AgentDecision => {
  if (agent.status === 'unknown') return reject('unknown-agent');
  const { past } = agent;
  const present = isInCall(agent) ? agent.contactId : undefined;
  if (data.contactId !== present && data.contactId !== past.contactId) return reject('not-your-contact');
  if (data.text.length > longestNotes) return reject('notes-too-long');
  const isSame = past.contactId === data.contactId && past.notes === data.text;
  return isSame ? ignore : accept({ type: 'NotesTaken', data });
};

/** Ends the wrap-up. Said once more after that, it is known already. */
const disposition = (agent: AgentOnDuty, { data, at }: Of<'RecordDisposition'>): AgentDecision => {
  const { contactId, callId, code } = data;
  if (agent.status === 'working-after-call' && agent.contactId === contactId && agent.callId === callId) {
    return accept({ type: 'DispositionRecorded', data }, becomes(agent, nextOf(agent), at));
  }
  if (sameData(agent.past.disposition, { callId, code })) return ignore;
  return reject(agent.status === 'working-after-call' ? 'not-your-contact' : 'not-working-after-call');
};

const decideOnDuty = (command: DutyCommand, agent: AgentOnDuty): AgentDecision => {
  switch (command.type) {
    case 'GoReady':
      return goReady(agent, command);
    case 'GoNotReady':
      return goNotReady(agent, command);
    case 'LogOff':
      return change(agent, { state: 'logged-off' }, command);
    case 'ReportAgentConnected':
      return connected(agent, command);
    case 'ReportAgentDisconnected':
      return inCall(agent, 'busy', command, () => accept({ type: 'AgentWorkingAfterCall', data: command.data }));
    case 'ReleaseReservation':
      return inCall(agent, 'reserved', command, (reserved) =>
        accept(becomes(reserved, nextOf(reserved), reserved.idleSince)),
      );
    case 'ReportNoAnswer':
      return inCall(agent, 'reserved', command, (reserved) => noAnswer(reserved, command));
    case 'ReportAgentLost':
      return lose(agent, command);
    case 'ReportAgentReturned':
      return comeBack(agent);
    case 'RecordDisposition':
      return disposition(agent, command);
  }
};

type DutyCommand = Exclude<AgentCommand, { type: 'RegisterAgent' | 'LogOn' | 'ReserveAgent' | 'TakeNotes' }>;

const asks: readonly AgentCommand['type'][] = ['GoReady', 'GoNotReady', 'RecordDisposition'];

/** Reports about somebody who is not there are nothing; requests need somebody who is; logged off is logged off. */
const decideOffDuty = (command: DutyCommand, agent: Exclude<Agent, AgentOnDuty>): AgentDecision => {
  if (agent.status === 'unknown') return reject('unknown-agent');
  return asks.includes(command.type) ? reject('not-logged-on') : ignore;
};

/** An agent by CSTA's rules: one state at a time, and what cannot be now is kept pending, never forgotten. */
export const agentDecider: Decider<AgentCommand, Agent, AgentEvent, AgentRejection> = {
  initialState: { status: 'unknown' },

  decide: (command, agent) => {
    switch (command.type) {
      case 'RegisterAgent': {
        const known = agent.status !== 'unknown' && sameData(agent.profile, command.data);
        return known ? ignore : accept({ type: 'AgentRegistered', data: command.data });
      }
      case 'LogOn':
        return logOn(agent, command);
      case 'ReserveAgent':
        return reserve(agent, command);
      case 'TakeNotes':
        return takeNotes(agent, command);
      case 'GoReady':
      case 'GoNotReady':
      case 'LogOff':
      case 'ReportAgentConnected':
      case 'ReportAgentDisconnected':
      case 'ReleaseReservation':
      case 'ReportNoAnswer':
      case 'ReportAgentLost':
      case 'ReportAgentReturned':
      case 'RecordDisposition':
        return isOnDuty(agent) ? decideOnDuty(command, agent) : decideOffDuty(command, agent);
    }
  },

  evolve: evolveAgent,
};
