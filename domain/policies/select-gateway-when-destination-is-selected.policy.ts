import { distanceKm } from '../kernel/geography.js';
import type { CallId, GatewayId } from '../kernel/ids.js';
import { policy, type Asked } from '../kernel/policy.js';
import type { CallCommand } from '../call/call.commands.js';
import type { PolicyViews } from './views.js';

/** The nearest gateway to the call centre that has not been tried (S1 [68]); a number of no centre: the one with most room. */
const nextGateway = ({ gateways, merchants, calls }: PolicyViews, callId: CallId): GatewayId | undefined => {
  const call = calls.call(callId);
  const centreId = call?.destination?.centreId;
  const centre = centreId === undefined ? undefined : merchants.centre(centreId);
  const untried = gateways.gateways().filter(({ gatewayId }) => !call?.tried.includes(gatewayId));
  const distance = (gateway: (typeof untried)[number]): number =>
    centre ? distanceKm(gateway.location, centre.location) : 0;
  return untried.sort((a, b) => distance(a) - distance(b) || b.free - a.free)[0]?.gatewayId;
};

/** Asks for the next gateway, or ends the call for want of ports. */
export const tryNextGateway = (views: PolicyViews, callId: CallId): readonly Asked<CallCommand>[] => {
  const call = views.calls.call(callId);
  if (!call || call.clearing) return [];
  const gatewayId = nextGateway(views, callId);
  return [
    gatewayId === undefined
      ? { type: 'RefuseForWantOfPorts', target: callId, data: {} }
      : { type: 'SelectGateway', target: callId, data: { gatewayId } },
  ];
};

export const selectGatewayWhenDestinationIsSelected = policy({
  name: 'select-gateway-when-destination-is-selected',
  on: ['DestinationSelected'],
  decide: ({ stream }, views) => tryNextGateway(views, stream as CallId),
});
