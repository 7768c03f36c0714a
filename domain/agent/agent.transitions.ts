import type { Instant } from '../kernel/time.js';
import type { AgentEvent, NotReadyReason, PendingState } from './agent.events.js';
import type { AgentInCall, AgentOnDuty } from './agent.state.js';

const ready = ({ device, centreId }: AgentOnDuty, since: Instant): AgentEvent => ({
  type: 'AgentReady',
  data: { device, centreId, since },
});

export const notReady = ({ centreId }: AgentOnDuty, reason: NotReadyReason): AgentEvent => ({
  type: 'AgentNotReady',
  data: { reason, centreId },
});

const loggedOff = ({ centreId, channelCode }: AgentOnDuty): AgentEvent => ({
  type: 'AgentLoggedOff',
  data: { centreId, channelCode },
});

export const statePending = (next: PendingState): AgentEvent => ({ type: 'AgentStatePending', data: { next } });

/** Redirection on no answer (RONA). */
export const didNotAnswer = ({ callId, contactId, device }: AgentInCall): AgentEvent => ({
  type: 'AgentDidNotAnswer',
  data: { callId, contactId, device },
});

/** The event that makes the agent what is asked for. */
export const becomes = (agent: AgentOnDuty, next: PendingState, readySince: Instant): AgentEvent => {
  switch (next.state) {
    case 'ready':
      return ready(agent, readySince);
    case 'not-ready':
      return notReady(agent, next.reason);
    case 'logged-off':
      return loggedOff(agent);
  }
};

/** What follows a call: what was asked for meanwhile; nothing was: ready. */
export const nextOf = ({ pending }: AgentInCall): PendingState => pending ?? { state: 'ready' };
