import type { CallId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

/** The code that told which call it is was keyed to meet the customer, and now they can meet. */
export const joinChannelWhenCodeTiesTheCall = policy({
  name: 'join-channel-when-code-ties-the-call',
  on: ['CorrelationDecided'],
  decide: ({ stream, data: { rule, evidence } }, { calls, agents }) => {
    const call = calls.call(stream as CallId);
    const code = evidence.find(({ kind }) => kind === 'channel-digits')?.value;
    const agent = call?.agents.find(({ agentId }) => agents.agent(agentId)?.channelCode === code);
    if (rule !== 'channel-digits' || call?.partner === undefined || code === undefined || !agent) return [];
    return [{ type: 'JoinChannel', target: call.partner, data: { agentId: agent.agentId, code } }];
  },
});
