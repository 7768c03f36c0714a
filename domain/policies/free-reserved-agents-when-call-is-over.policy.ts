import type { CallId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

/** Agents who were reserved for a call that ended before their phones rang. */
export const freeReservedAgentsWhenCallIsOver = policy({
  name: 'free-reserved-agents-when-call-is-over',
  on: ['CallCleared', 'CallFailed'],
  decide: ({ stream, data }, { agents }) =>
    data.side === 'gateway'
      ? []
      : agents.reservedFor(stream as CallId).map((agentId) => ({
          type: 'ReleaseReservation',
          target: agentId,
          data: { callId: stream as CallId },
        })),
});
