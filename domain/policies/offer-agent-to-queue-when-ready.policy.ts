import { queueOf, type AgentId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

export const offerAgentToQueueWhenReady = policy({
  name: 'offer-agent-to-queue-when-ready',
  on: ['AgentReady'],
  decide: ({ stream, data: { centreId, device, since } }) => [
    {
      type: 'OfferAgent',
      target: queueOf(centreId),
      data: { agentId: stream as AgentId, device, since },
    },
  ],
});
