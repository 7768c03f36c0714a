import { policy } from '../kernel/policy.js';

export const reserveAgentWhenCallIsAssigned = policy({
  name: 'reserve-agent-when-call-is-assigned',
  on: ['CallAssigned'],
  decide: ({ data: { callId, contactId, agentId, since }, meta }) => [
    { type: 'ReserveAgent', target: agentId, at: meta.occurredAt, data: { callId, contactId, since } },
  ],
});
