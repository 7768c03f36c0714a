import type { CallId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

/** Also a port that is leased too late, for a call that has ended in the meantime. */
export const releasePortWhenCallIsOver = policy({
  name: 'release-port-when-call-is-over',
  on: ['CallCleared', 'CallFailed', 'PortLeased'],
  decide: (event, { aniIndex, calls }) => {
    const callId = event.type === 'PortLeased' ? event.data.callId : (event.stream as CallId);
    if (calls.call(callId)) return [];
    const lease = aniIndex.leaseOf(callId);
    if (!lease || lease.releasedAt !== undefined) return [];
    return [
      {
        type: 'ReleasePort',
        target: lease.gatewayId,
        data: { leaseId: lease.leaseId, cause: event.type === 'PortLeased' ? 'call-already-over' : event.data.cause },
      },
    ];
  },
});
