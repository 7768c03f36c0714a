import type { CommonCallEvent, GatewayCallEvent } from './call.events.js';
import { withChanges } from './call-data.js';
import { requestedCall, type Call, type GatewayCall, type LiveGatewayCall } from './call.state.js';
import { afterDigits, afterRefusal } from './gateway-call.digits.js';

const evolveLive = (
  call: LiveGatewayCall,
  event: Exclude<GatewayCallEvent | CommonCallEvent, { type: 'CallRequested' }>,
): GatewayCall => {
  switch (event.type) {
    case 'GatewaySelected':
      return { ...call, tried: [...call.tried, event.data.gatewayId] };
    case 'CallOriginated': {
      const status = call.status === 'established' ? 'established' : 'originated';
      return { ...call, status, leaseId: event.data.leaseId };
    }
    case 'CallNetworkReached':
      return { ...call, networkReached: true };
    case 'CallEstablished':
      return { ...call, status: 'established' };
    case 'DigitsReceived':
      return { ...call, keying: afterDigits(call.keying, event.data) };
    case 'DtmfCommandRefused':
      return { ...call, keying: afterRefusal(call.keying, event.data) };
    case 'ChannelJoined':
      return { ...call, channel: event.data.agentId };
    case 'ChannelClosed': {
      const { channel: _left, ...rest } = call;
      return rest;
    }
    case 'ChannelMessageSent':
      return { ...call, messageIds: [...call.messageIds, event.data.messageId] };
    case 'CallDataChanged':
      return { ...call, attached: withChanges(call.attached, event.data) };
    case 'CallReconstructed':
      return { ...call, reconstruction: event.data };
    case 'ConnectionCleared':
      return { ...call, callerCleared: true };
    case 'ClearCallRequested':
      return { ...call, clearRequested: true };
    case 'CallCleared':
    case 'CallFailed':
      return { side: 'gateway', status: 'over', contactId: call.contactId };
    case 'DestinationSelected':
    case 'DialAllowed':
    case 'DialRefused':
    case 'DtmfCommandRecognised':
      return call;
  }
};

export const evolveGatewayCall = (call: Call, event: GatewayCallEvent | CommonCallEvent): Call => {
  if (event.type === 'CallRequested') return requestedCall(event.data.contactId);
  return call.side === 'gateway' && call.status !== 'over' ? evolveLive(call, event) : call;
};
