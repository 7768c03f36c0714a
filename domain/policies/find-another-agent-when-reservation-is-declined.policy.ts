import { queueOf, type AgentId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

/** The call goes back to its place in the queue; one that was being handed to that very agent stays where it is. */
export const findAnotherAgentWhenReservationIsDeclined = policy({
  name: 'find-another-agent-when-reservation-is-declined',
  on: ['AgentReservationDeclined'],
  decide: ({ stream, data: { callId, contactId, since, centreId } }, { calls }) => {
    const call = calls.call(callId);
    if (!call) return [];
    const agentId = stream as AgentId;
    if (call.transfer?.to === agentId) {
      return [{ type: 'FailTransfer', target: callId, data: { to: agentId, reason: 'agent-not-ready' } }];
    }
    return [
      {
        type: 'JoinQueue',
        target: queueOf(call.centreId ?? centreId),
        data: { callId, contactId, since, returnedBy: agentId },
      },
    ];
  },
});
