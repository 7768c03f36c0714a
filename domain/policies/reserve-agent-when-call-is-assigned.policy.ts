import { policy } from '../kernel/policy.js';

export const reserveAgentWhenCallIsAssigned = policy({
  name: 'reserve-agent-when-call-is-assigned',
  on: ['CallAssigned'],
  decide: ({ data: { callId, contactId, agentId, since } }) => [
    { type: 'ReserveAgent', target: agentId, data: { callId, contactId, since } },
  ],
});
