import { policy } from '../kernel/policy.js';

export const failTransferWhenAssignmentIsRefused = policy({
  name: 'fail-transfer-when-assignment-is-refused',
  on: ['AssignmentRefused'],
  decide: ({ data: { callId, agentId } }) => [
    { type: 'FailTransfer', target: callId, data: { to: agentId, reason: 'agent-not-ready' } },
  ],
});
