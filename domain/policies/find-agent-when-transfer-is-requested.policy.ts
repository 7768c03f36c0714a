import { queueOf, type CallId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

export const findAgentWhenTransferIsRequested = policy({
  name: 'find-agent-when-transfer-is-requested',
  on: ['TransferRequested'],
  decide: ({ stream, data: { to, kind }, meta }, { agents }) => {
    const callId = stream as CallId;
    const agent = agents.agent(to);
    return agent === undefined || meta.contactId === undefined
      ? [{ type: 'FailTransfer', target: callId, data: { to, reason: 'agent-not-ready' } }]
      : [
          {
            type: 'AssignToAgent',
            target: queueOf(agent.centreId),
            data: { callId, contactId: meta.contactId, agentId: to, purpose: kind },
          },
        ];
  },
});
