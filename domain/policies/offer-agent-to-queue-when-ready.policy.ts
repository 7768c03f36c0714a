import { queueOf, type AgentId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

export const offerAgentToQueueWhenReady = policy({
  name: 'offer-agent-to-queue-when-ready',
  on: ['AgentReady'],
  decide: ({ stream, data: { centreId, device, since }, meta }) => [
    {
      type: 'OfferAgent',
      target: queueOf(centreId),
      at: meta.occurredAt,
      data: { agentId: stream as AgentId, device, since },
    },
  ],
});
