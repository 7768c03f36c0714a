import type { CallId, ContactId } from '../kernel/ids.js';
import { instant } from '../kernel/time.js';
import type { AgentEvent } from './agent.events.js';
import { isInCall, isOnDuty, pastCallsKept, type Agent, type AgentOnDuty, type AgentPast } from './agent.state.js';

const noPast: AgentPast = { calls: [] };

/** What stays the same from state to state. */
const dutyOf = ({ profile, centreId, device, channelCode, lost, idleSince, past }: AgentOnDuty) => ({
  profile,
  centreId,
  device,
  channelCode,
  lost,
  idleSince,
  past,
});

const withCall = (past: AgentPast, callId: CallId): AgentPast => ({
  ...past,
  calls: [callId, ...past.calls].slice(0, pastCallsKept),
});

const withContact = (past: AgentPast, contactId: ContactId): AgentPast => {
  if (past.contactId === contactId) return past;
  const { notes: _ofAnother, ...rest } = past;
  return { ...rest, contactId };
};

const talking = (
  agent: AgentOnDuty,
  { callId, contactId }: Readonly<{ callId: CallId; contactId: ContactId }>,
): Agent => {
  const left = isInCall(agent) && agent.status !== 'reserved' && agent.callId !== callId ? agent.callId : undefined;
  const past = withContact(left === undefined ? agent.past : withCall(agent.past, left), contactId);
  const pending = isInCall(agent) && agent.pending ? { pending: agent.pending } : {};
  return { ...dutyOf(agent), past, ...pending, status: 'busy', callId, contactId };
};

const evolveOnDuty = (agent: AgentOnDuty, { type, data }: AgentEvent): Agent => {
  const duty = dutyOf(agent);
  switch (type) {
    case 'AgentReady':
      return { ...duty, status: 'ready', idleSince: data.since };
    case 'AgentNotReady':
      return { ...duty, status: 'not-ready', reason: data.reason };
    case 'AgentReserved':
      return { ...duty, status: 'reserved', callId: data.callId, contactId: data.contactId };
    case 'AgentBusy':
      return talking(agent, data);
    case 'AgentWorkingAfterCall': {
      const { callId, contactId } = data;
      const pending = isInCall(agent) && agent.pending ? { pending: agent.pending } : {};
      return {
        ...duty,
        past: withCall(agent.past, callId),
        ...pending,
        status: 'working-after-call',
        callId,
        contactId,
      };
    }
    case 'AgentStatePending':
      return isInCall(agent) ? { ...agent, pending: data.next } : agent;
    case 'AgentLost':
      return { ...agent, lost: true };
    case 'AgentReturned':
      return { ...agent, lost: false };
    case 'AgentLoggedOff':
      return { status: 'logged-off', profile: agent.profile, past: agent.past };
    case 'AgentRegistered':
      return { ...agent, profile: data };
    case 'NotesTaken':
      return { ...agent, past: { ...agent.past, contactId: data.contactId, notes: data.text } };
    case 'DispositionRecorded':
      return { ...agent, past: { ...agent.past, disposition: { callId: data.callId, code: data.code } } };
    case 'AgentLoggedOn':
    case 'AgentReservationDeclined':
    case 'AgentDidNotAnswer':
      return agent;
  }
};

const evolveOffDuty = (agent: Exclude<Agent, AgentOnDuty>, { type, data }: AgentEvent): Agent => {
  const past = agent.status === 'unknown' ? noPast : agent.past;
  if (type === 'AgentRegistered') return { status: 'logged-off', profile: data, past };
  if (agent.status === 'unknown') return agent;
  if (type === 'NotesTaken') return { ...agent, past: { ...past, notes: data.text } };
  if (type !== 'AgentLoggedOn') return agent;
  const { device, channelCode, centreId } = data;
  const { profile } = agent;
  const duty = { profile, centreId, device, channelCode, past, lost: false, idleSince: instant(0) };
  return { ...duty, status: 'not-ready', reason: 'logged-on' };
};

export const evolveAgent = (agent: Agent, event: AgentEvent): Agent =>
  isOnDuty(agent) ? evolveOnDuty(agent, event) : evolveOffDuty(agent, event);
