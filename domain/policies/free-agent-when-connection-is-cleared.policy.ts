import type { CallId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

/** To wrap-up when there was a talk, back to ready when the call went away before the answer: the agent's own rules say which. */
export const freeAgentWhenConnectionIsCleared = policy({
  name: 'free-agent-when-connection-is-cleared',
  on: ['ConnectionCleared'],
  decide: ({ stream, data: { agentId }, meta }) => {
    if (agentId === undefined || meta.contactId === undefined) return [];
    const callId = stream as CallId;
    return [
      { type: 'ReleaseReservation', target: agentId, data: { callId } },
      { type: 'ReportAgentDisconnected', target: agentId, data: { callId, contactId: meta.contactId } },
    ];
  },
});
