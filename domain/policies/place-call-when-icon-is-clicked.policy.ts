import { callId, tenantOf, uniqueOf, type IconSessionId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';
import { routeCall } from '../routing/destination.js';

/** A click becomes a call; where it goes is decided here and now, with the configuration and the load of this moment. */
export const placeCallWhenIconIsClicked = policy({
  name: 'place-call-when-icon-is-clicked',
  on: ['IconClicked'],
  decide: ({ stream, data, meta, id }, { merchants, calls }) => {
    const merchant = merchants.merchant(meta.merchantId);
    if (!merchant) return [];
    const { linkId, iconNumber, location, contactId } = data;
    const route = routeCall({
      merchant,
      at: meta.occurredAt,
      load: (centreId) => calls.load(centreId),
      ...(linkId === undefined ? {} : { linkId }),
      ...(iconNumber === undefined ? {} : { iconNumber }),
      ...(location === undefined ? {} : { location }),
    });
    return [
      {
        type: 'RequestCall',
        target: callId(tenantOf(stream), uniqueOf(stream)),
        data: {
          contactId,
          sessionId: stream as IconSessionId,
          ...(linkId === undefined ? {} : { linkId }),
          by: 'icon',
          route,
          decisionId: id,
        },
      },
    ];
  },
});
