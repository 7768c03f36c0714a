import type { SessionCloseCause } from '../icon-session/icon-session.events.js';
import type { CallCause } from '../call/call.events.js';
import { iconSessionId, tenantOf, uniqueOf } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

const closeCause = (cause: CallCause): SessionCloseCause =>
  cause === 'window-closed' || cause === 'network-lost' ? cause : 'call-over';

/** A session and its call bear the same unique part. */
export const closeSessionWhenCallIsOver = policy({
  name: 'close-session-when-call-is-over',
  on: ['CallCleared', 'CallFailed'],
  decide: ({ stream, data: { side, cause } }) =>
    side === 'centre'
      ? []
      : [
          {
            type: 'CloseSession',
            target: iconSessionId(tenantOf(stream), uniqueOf(stream)),
            data: { cause: closeCause(cause) },
          },
        ],
});
