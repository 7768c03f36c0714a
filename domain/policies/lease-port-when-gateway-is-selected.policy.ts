import { leaseId, tenantOf, uniqueOf, type CallId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

export const leasePortWhenGatewayIsSelected = policy({
  name: 'lease-port-when-gateway-is-selected',
  on: ['GatewaySelected'],
  decide: ({ stream, data: { gatewayId, tried } }, { calls }) => {
    const call = calls.call(stream as CallId);
    if (call?.sessionId === undefined) return [];
    const { callId, contactId, sessionId } = call;
    const merchantId = tenantOf(stream);
    // One lease for each gateway tried: its id follows from the call, so asking twice is asking once.
    const lease = leaseId(merchantId, `${uniqueOf(callId)}.${tried.length}`);
    return [
      {
        type: 'LeasePort',
        target: gatewayId,
        data: { leaseId: lease, callId, contactId, sessionId, merchantId },
      },
    ];
  },
});
