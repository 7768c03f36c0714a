import { instant } from '../kernel/time.js';
import type { AgentEvent } from './agent.events.js';
import { isInCall, isOnDuty, type Agent, type AgentOnDuty } from './agent.state.js';

/** What stays the same from state to state. */
const dutyOf = ({ profile, channelCode, lost, idleSince, lastContact }: AgentOnDuty) => ({
  profile,
  channelCode,
  lost,
  idleSince,
  ...(lastContact === undefined ? {} : { lastContact }),
});

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
    case 'AgentWorkingAfterCall': {
      const pending = isInCall(agent) && agent.pending ? { pending: agent.pending } : {};
      const status = type === 'AgentBusy' ? 'busy' : 'working-after-call';
      return { ...duty, ...pending, ...data, status, lastContact: data.contactId };
    }
    case 'AgentStatePending':
      return isInCall(agent) ? { ...agent, pending: data.next } : agent;
    case 'AgentLost':
      return { ...agent, lost: true };
    case 'AgentReturned':
      return { ...agent, lost: false };
    case 'AgentLoggedOff': {
      const { profile, lastContact } = agent;
      return { status: 'logged-off', profile, ...(lastContact === undefined ? {} : { lastContact }) };
    }
    case 'AgentRegistered':
      return { ...agent, profile: data };
    case 'AgentLoggedOn':
    case 'AgentReservationDeclined':
    case 'AgentDidNotAnswer':
    case 'NotesTaken':
    case 'DispositionRecorded':
      return agent;
  }
};

export const evolveAgent = (agent: Agent, event: AgentEvent): Agent => {
  if (isOnDuty(agent)) return evolveOnDuty(agent, event);
  if (event.type === 'AgentRegistered') {
    return { status: 'logged-off', profile: event.data };
  }
  if (event.type !== 'AgentLoggedOn' || agent.status === 'unknown') return agent;
  const { device, channelCode } = event.data;
  return {
    status: 'not-ready',
    reason: 'logged-on',
    profile: { ...agent.profile, device },
    channelCode,
    lost: false,
    idleSince: instant(0),
  };
};
