import { queueOf, type CallId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

export const queueCallWhenItArrives = policy({
  name: 'queue-call-when-it-arrives',
  on: ['CallQueued'],
  decide: ({ stream, data, meta }) =>
    meta.contactId === undefined
      ? []
      : [
          {
            type: 'JoinQueue',
            target: queueOf(data.centreId),
            data: { callId: stream as CallId, contactId: meta.contactId, since: meta.occurredAt },
          },
        ],
});
