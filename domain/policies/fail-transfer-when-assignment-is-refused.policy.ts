import { policy } from '../kernel/policy.js';

export const failTransferWhenAssignmentIsRefused = policy({
  name: 'fail-transfer-when-assignment-is-refused',
  on: ['AssignmentRefused'],
  decide: ({ data: { callId, agentId }, meta }) => [
    { type: 'FailTransfer', target: callId, at: meta.occurredAt, data: { to: agentId, reason: 'agent-not-ready' } },
  ],
});
