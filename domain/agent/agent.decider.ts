import { accept, ignore, reject, type Decider, type Decision } from '../kernel/decider.js';
import { sameData } from '../kernel/same-data.js';
import type { Instant } from '../kernel/time.js';
import type { AgentCommand, AgentRejection } from './agent.commands.js';
import type { AgentEvent, NotReadyReason, PendingState } from './agent.events.js';
import { evolveAgent } from './agent.evolve.js';
import { isInCall, isOnDuty, type Agent, type AgentInCall, type AgentOnDuty } from './agent.state.js';

type AgentDecision = Decision<AgentEvent, AgentRejection>;
type DutyCommand = Exclude<AgentCommand, { type: 'RegisterAgent' | 'LogOn' | 'TakeNotes' }>;

const longestNotes = 10_000;

const ready = ({ profile: { device, centreId } }: AgentOnDuty, since: Instant): AgentEvent => ({
  type: 'AgentReady',
  data: { device, centreId, since },
});

const notReady = ({ profile: { centreId } }: AgentOnDuty, reason: NotReadyReason): AgentEvent => ({
  type: 'AgentNotReady',
  data: { reason, centreId },
});

const loggedOff = ({ profile: { centreId }, channelCode }: AgentOnDuty): AgentEvent => ({
  type: 'AgentLoggedOff',
  data: { centreId, channelCode },
});

/** What was asked for while it could not be had yet; nothing was: ready. */
const becomesNext = (agent: AgentInCall, since: Instant): AgentEvent => {
  const { pending } = agent;
  if (!pending) return ready(agent, since);
  switch (pending.state) {
    case 'ready':
      return ready(agent, since);
    case 'not-ready':
      return notReady(agent, pending.reason);
    case 'logged-off':
      return loggedOff(agent);
  }
};

/** Now where the agent is free to change, at the end of the call where not; asked for already: nothing. */
const change = (agent: AgentOnDuty, next: PendingState, now: AgentEvent): AgentDecision => {
  if (agent.status !== 'reserved' && agent.status !== 'busy') return accept(now);
  return sameData(agent.pending, next) ? ignore : accept({ type: 'AgentStatePending', data: { next } });
};

const lose = (agent: AgentOnDuty, lastSeen: Instant): AgentDecision => {
  if (agent.lost) return ignore;
  const lost: AgentEvent = { type: 'AgentLost', data: { lastSeen } };
  const next: PendingState = { state: 'not-ready', reason: 'connection-lost' };
  if (agent.status === 'ready') return accept(lost, notReady(agent, 'connection-lost'));
  if (!isInCall(agent) || agent.pending) return accept(lost);
  return accept<AgentEvent>(lost, { type: 'AgentStatePending', data: { next } });
};

const reserve = (agent: Agent, { data }: Extract<AgentCommand, { type: 'ReserveAgent' }>): AgentDecision => {
  const { callId, contactId, since } = data;
  if (agent.status === 'unknown') return reject('unknown-agent');
  if (isInCall(agent) && agent.callId === callId) return ignore;
  const { device, centreId } = agent.profile;
  if (agent.status === 'ready') return accept({ type: 'AgentReserved', data: { callId, contactId, device, since } });
  return accept({ type: 'AgentReservationDeclined', data: { callId, contactId, since, centreId } });
};

const noAnswer = (agent: AgentInCall): AgentDecision => {
  const { callId, contactId, profile } = agent;
  const unanswered: AgentEvent = { type: 'AgentDidNotAnswer', data: { callId, contactId, device: profile.device } };
  return accept(unanswered, agent.pending?.state === 'logged-off' ? loggedOff(agent) : notReady(agent, 'no-answer'));
};

const disposition = (
  agent: Agent,
  { data, at }: Extract<AgentCommand, { type: 'RecordDisposition' }>,
): AgentDecision => {
  if (agent.status !== 'working-after-call') return reject('not-working-after-call');
  if (agent.contactId !== data.contactId || agent.callId !== data.callId) return reject('not-your-contact');
  return accept({ type: 'DispositionRecorded', data }, becomesNext(agent, at));
};

const onCall = (agent: AgentOnDuty, command: DutyCommand): AgentDecision => {
  const current =
    isInCall(agent) && 'callId' in command.data && agent.callId === command.data.callId ? agent : undefined;
  switch (command.type) {
    case 'ReportAgentConnected':
      return current?.status === 'busy' ? ignore : accept({ type: 'AgentBusy', data: command.data });
    case 'ReportAgentDisconnected':
      return current?.status === 'busy' ? accept({ type: 'AgentWorkingAfterCall', data: command.data }) : ignore;
    case 'ReleaseReservation':
      return current?.status === 'reserved' ? accept(becomesNext(current, current.idleSince)) : ignore;
    case 'ReportNoAnswer':
      return current?.status === 'reserved' ? noAnswer(current) : ignore;
    default:
      return onDuty(agent, command);
  }
};

const onDuty = (agent: AgentOnDuty, command: DutyCommand): AgentDecision => {
  switch (command.type) {
    case 'GoReady':
      return agent.status === 'ready' ? ignore : change(agent, { state: 'ready' }, ready(agent, command.at));
    case 'GoNotReady': {
      const { reason } = command.data;
      if (agent.status === 'not-ready' && agent.reason === reason) return ignore;
      return change(agent, { state: 'not-ready', reason }, notReady(agent, reason));
    }
    case 'LogOff':
      return change(agent, { state: 'logged-off' }, loggedOff(agent));
    case 'ReportAgentLost':
      return lose(agent, command.data.lastSeen);
    case 'ReportAgentReturned':
      return agent.lost ? accept({ type: 'AgentReturned', data: {} }) : ignore;
    default:
      return ignore;
  }
};

const reports: readonly AgentCommand['type'][] = [
  'ReportAgentConnected',
  'ReportAgentDisconnected',
  'ReleaseReservation',
  'ReportNoAnswer',
  'ReportAgentLost',
  'ReportAgentReturned',
];

const takeNotes = (agent: Agent, { data }: Extract<AgentCommand, { type: 'TakeNotes' }>): AgentDecision => {
  if (agent.status === 'unknown') return reject('unknown-agent');
  const mine = (isInCall(agent) && agent.contactId === data.contactId) || agent.lastContact === data.contactId;
  if (!mine) return reject('not-your-contact');
  return data.text.length > longestNotes ? reject('notes-too-long') : accept({ type: 'NotesTaken', data });
};

const logOn = (agent: Agent, { data }: Extract<AgentCommand, { type: 'LogOn' }>): AgentDecision => {
  if (agent.status === 'unknown') return reject('unknown-agent');
  if (agent.status !== 'logged-off') return ignore;
  const { centreId, device } = agent.profile;
  const { channelCode } = data;
  return accept<AgentEvent>(
    { type: 'AgentLoggedOn', data: { device: data.device ?? device, channelCode, centreId } },
    { type: 'AgentNotReady', data: { reason: 'logged-on', centreId } },
  );
};

const decide = (command: AgentCommand, agent: Agent): AgentDecision => {
  switch (command.type) {
    case 'RegisterAgent': {
      const known = agent.status !== 'unknown' && sameData(agent.profile, command.data);
      return known ? ignore : accept({ type: 'AgentRegistered', data: command.data });
    }
    case 'LogOn':
      return logOn(agent, command);
    case 'TakeNotes':
      return takeNotes(agent, command);
    case 'ReserveAgent':
      return reserve(agent, command);
    case 'RecordDisposition':
      return disposition(agent, command);
    default:
      if (isOnDuty(agent)) return onCall(agent, command);
      if (reports.includes(command.type)) return ignore;
      return reject(agent.status === 'unknown' ? 'unknown-agent' : 'not-logged-on');
  }
};

/** An agent by CSTA's rules: one state at a time, and what cannot be now is kept pending, never forgotten. */
export const agentDecider: Decider<AgentCommand, Agent, AgentEvent, AgentRejection> = {
  initialState: { status: 'unknown' },
  decide,
  evolve: evolveAgent,
};
