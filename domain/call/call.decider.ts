import type { Decider } from '../kernel/decider.js';
import { outOfPlace } from './call.answer.js';
import type { CallCommand, CallRejection } from './call.commands.js';
import type { CallEvent } from './call.events.js';
import type { Call } from './call.state.js';
import { decideCentreCall } from './centre-call.decider.js';
import { evolveCentreCall } from './centre-call.evolve.js';
import { decideGatewayCall } from './gateway-call.decider.js';
import { evolveGatewayCall } from './gateway-call.evolve.js';

export { contactOfCall, type Call } from './call.state.js';

/**
 * One call, seen from its side of the gateway: the customer's, which Trunkline places, or the call centre's, which its
 * switch reports. Reports that come late, twice or out of order are nothing new, or imply what they come after.
 */
export const callDecider: Decider<CallCommand, Call, CallEvent, CallRejection> = {
  initialState: { status: 'unknown' },

  decide: (command, call) => {
    switch (command.type) {
      case 'RequestCall':
      case 'SelectGateway':
      case 'RefuseForWantOfPorts':
      case 'ReportOriginated':
      case 'ReportNetworkReached':
      case 'ReportDigits':
      case 'JoinChannel':
      case 'SendChannelMessage':
      case 'RequestClearCall':
        return call.side === 'centre' ? outOfPlace(command, 'unknown-call') : decideGatewayCall(command, call);
      case 'ReportQueued':
      case 'ReportCorrelation':
      case 'SelectRoute':
      case 'ReportDelivered':
      case 'RequestAnswer':
      case 'RequestHold':
      case 'RequestRetrieve':
      case 'RequestClearConnection':
      case 'RequestDigits':
      case 'RequestTransfer':
      case 'FailTransfer':
      case 'ReportHeld':
      case 'ReportRetrieved':
      case 'ReportTransferred':
      case 'ReportConferenced':
      case 'DivertToQueue':
        return call.side === 'gateway' ? outOfPlace(command, 'unknown-call') : decideCentreCall(command, call);
      case 'ReportEstablished':
      case 'ChangeCallData':
      case 'ReportConnectionCleared':
      case 'ReportCallCleared':
      case 'ReportCallFailed':
      case 'ReportReconstructed':
        return call.side === 'gateway' ? decideGatewayCall(command, call) : decideCentreCall(command, call);
    }
  },

  evolve: (call, event) => {
    switch (event.type) {
      case 'CallRequested':
      case 'DestinationSelected':
      case 'DialAllowed':
      case 'DialRefused':
      case 'GatewaySelected':
      case 'CallOriginated':
      case 'CallNetworkReached':
      case 'DigitsReceived':
      case 'DtmfCommandRecognised':
      case 'DtmfCommandRefused':
      case 'ChannelJoined':
      case 'ChannelMessageSent':
      case 'ChannelClosed':
      case 'ClearCallRequested':
        return evolveGatewayCall(call, event);
      case 'CallQueued':
      case 'CorrelationDecided':
      case 'CorrelationSuperseded':
      case 'RouteSelected':
      case 'CallDelivered':
      case 'AnswerRequested':
      case 'HoldRequested':
      case 'RetrieveRequested':
      case 'ClearConnectionRequested':
      case 'DigitsRequested':
      case 'TransferRequested':
      case 'TransferFailed':
      case 'CallHeld':
      case 'CallRetrieved':
      case 'CallTransferred':
      case 'CallConferenced':
      case 'CallDiverted':
        return evolveCentreCall(call, event);
      case 'CallEstablished':
      case 'CallDataChanged':
      case 'ConnectionCleared':
      case 'CallCleared':
      case 'CallFailed':
      case 'CallReconstructed':
        return call.side === 'gateway' ? evolveGatewayCall(call, event) : evolveCentreCall(call, event);
    }
  },
};
