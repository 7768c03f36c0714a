import { queueOf, type AgentId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

export const withdrawAgentFromQueueWhenNotReady = policy({
  name: 'withdraw-agent-from-queue-when-not-ready',
  on: ['AgentNotReady', 'AgentLoggedOff'],
  decide: ({ stream, data: { centreId } }) => [
    { type: 'WithdrawAgent', target: queueOf(centreId), data: { agentId: stream as AgentId } },
  ],
});
