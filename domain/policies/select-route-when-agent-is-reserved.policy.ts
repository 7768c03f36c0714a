import type { AgentId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

/** The switch is told where to ring; an agent whose call has gone in the meantime is set free. */
export const selectRouteWhenAgentIsReserved = policy({
  name: 'select-route-when-agent-is-reserved',
  on: ['AgentReserved'],
  decide: ({ stream, data: { callId, device } }, { calls }) => {
    const agentId = stream as AgentId;
    return calls.call(callId)
      ? [{ type: 'SelectRoute', target: callId, data: { agentId, device } }]
      : [{ type: 'ReleaseReservation', target: agentId, data: { callId } }];
  },
});
