import { callCentreId, queueOf, tenantOf, uniqueOf, type CallId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

/** Calls at a centre are named `<centre>.<reference of its switch>`. */
const centreOf = (callId: string) =>
  callCentreId(tenantOf(callId), uniqueOf(callId).slice(0, uniqueOf(callId).lastIndexOf('.')));

export const leaveQueueWhenCallIsOver = policy({
  name: 'leave-queue-when-call-is-over',
  on: ['CallCleared', 'CallFailed'],
  decide: ({ stream, data }) =>
    data.side === 'gateway'
      ? []
      : [
          {
            type: 'LeaveQueue',
            target: queueOf(centreOf(stream)),
            data: { callId: stream as CallId, cause: data.cause },
          },
        ],
});
