import { channelDirectoryOf, tenantOf, type AgentId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

export const releaseChannelWhenAgentLogsOff = policy({
  name: 'release-channel-when-agent-logs-off',
  on: ['AgentLoggedOff'],
  decide: ({ stream }) => [
    {
      type: 'ReleaseChannel',
      target: channelDirectoryOf(tenantOf(stream)),
      data: { agentId: stream as AgentId },
    },
  ],
});
