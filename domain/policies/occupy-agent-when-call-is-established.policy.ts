import type { CallId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

export const occupyAgentWhenCallIsEstablished = policy({
  name: 'occupy-agent-when-call-is-established',
  on: ['CallEstablished'],
  decide: ({ stream, data: { agentId }, meta }) =>
    agentId === undefined || meta.contactId === undefined
      ? []
      : [
          {
            type: 'ReportAgentConnected',
            target: agentId,
            data: { callId: stream as CallId, contactId: meta.contactId },
          },
        ],
});
