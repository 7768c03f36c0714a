import { queueOf, type AgentId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

/** Redirection on no answer (RONA): the caller keeps the place in the queue; a transfer falls back to who was talking. */
export const requeueCallWhenAgentDoesNotAnswer = policy({
  name: 'requeue-call-when-agent-does-not-answer',
  on: ['AgentDidNotAnswer'],
  decide: ({ stream, data: { callId, contactId }, meta }, { calls }) => {
    const call = calls.call(callId);
    if (call?.centreId === undefined) return [];
    const agentId = stream as AgentId;
    const divert = { type: 'DivertToQueue', target: callId, data: { agentId, cause: 'no-answer' } } as const;
    if (call.transfer?.to === agentId) {
      return [{ type: 'FailTransfer', target: callId, data: { to: agentId, reason: 'no-answer' } }, divert];
    }
    return [
      divert,
      {
        type: 'JoinQueue',
        target: queueOf(call.centreId),
        data: { callId, contactId, since: call.queuedAt ?? meta.occurredAt, returnedBy: agentId },
      },
    ];
  },
});
