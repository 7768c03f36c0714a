import type { CallId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

/** What the agent keyed to tell which call it is was a channel code: now that it is known, it is heard as one. */
export const joinChannelWhenCodeTiesTheCall = policy({
  name: 'join-channel-when-code-ties-the-call',
  on: ['CorrelationDecided'],
  decide: ({ stream, data: { rule, evidence }, meta }, { calls, agents }) => {
    const call = calls.call(stream as CallId);
    const code = evidence.find(({ kind }) => kind === 'channel-digits')?.value;
    const agent = call?.agents.find(({ agentId }) => agents.agent(agentId)?.channelCode === code);
    if (rule !== 'channel-digits' || call?.partner === undefined || code === undefined || !agent) return [];
    return [
      {
        type: 'ReportDigits',
        target: call.partner,
        at: meta.occurredAt,
        data: {
          from: 'agent-side',
          digits: code,
          by: 'terminal',
          table: [],
          tableVersion: 0,
          channels: [{ code, agentId: agent.agentId, onThisCall: true }],
        },
      },
    ];
  },
});
