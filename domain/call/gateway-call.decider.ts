import { accept, ignore, reject } from '../kernel/decider.js';
import type { RouteRefusal } from '../routing/routing.types.js';
import { outOfPlace, type Answer, type Ask } from './call.answer.js';
import { changeData, reconstruct } from './call-data.js';
import type { CommonCallCommand, GatewayCallCommand } from './call.commands.js';
import type { CallCause, CallEvent } from './call.events.js';
import type { Call, GatewayCall, LiveGatewayCall } from './call.state.js';
import { enterChannel, leaveChannel, sendMessage } from './gateway-call.channel.js';
import { hearDigits } from './gateway-call.digits.js';

const causeOfRefusal: Readonly<Record<RouteRefusal, CallCause>> = {
  'unknown-link': 'destination-not-obtainable',
  'no-route': 'destination-not-obtainable',
  'centre-closed': 'centre-closed',
  'centre-full': 'centre-full',
  'destination-not-allowed': 'refused-by-policy',
};

const request = ({ data }: Ask<'RequestCall'>): Answer => {
  const { route, decisionId, ...requested } = data;
  const policy = `routing-policy-${route.policyVersion}`;
  if (route.outcome === 'refused') {
    const { reason, trace } = route;
    return accept<CallEvent>(
      { type: 'CallRequested', data: requested },
      { type: 'DialRefused', data: { policy, reason, trace } },
      { type: 'CallFailed', data: { cause: causeOfRefusal[reason], side: 'gateway' } },
    );
  }
  const { outcome: _routed, ...destination } = route;
  return accept<CallEvent>(
    { type: 'CallRequested', data: requested },
    { type: 'DestinationSelected', data: destination },
    { type: 'DialAllowed', data: { decisionId, policy } },
  );
};

const selectGateway = ({ data: { gatewayId } }: Ask<'SelectGateway'>, call: LiveGatewayCall): Answer => {
  const { status, clearRequested, tried } = call;
  if (status !== 'requested' || clearRequested || tried.includes(gatewayId)) return ignore;
  return accept({ type: 'GatewaySelected', data: { gatewayId, tried } });
};

const end = (
  { type, data: { cause } }: Ask<'ReportCallCleared' | 'ReportCallFailed'>,
  { channel }: LiveGatewayCall,
): Answer =>
  accept<CallEvent>(...leaveChannel(channel), {
    type: type === 'ReportCallCleared' ? 'CallCleared' : 'CallFailed',
    data: { cause, side: 'gateway' },
  });

const once = (isKnown: boolean, event: CallEvent): Answer => (isKnown ? ignore : accept(event));

const decideLive = (command: GatewayCallCommand | CommonCallCommand, call: LiveGatewayCall): Answer => {
  switch (command.type) {
    case 'RequestCall':
      return ignore;
    case 'SelectGateway':
      return selectGateway(command, call);
    case 'RefuseForWantOfPorts':
      return once(call.status !== 'requested', {
        type: 'CallFailed',
        data: { cause: 'trunks-busy', side: 'gateway' },
      });
    case 'ReportOriginated':
      return once(call.leaseId !== undefined, { type: 'CallOriginated', data: command.data });
    case 'ReportNetworkReached':
      return once(call.networkReached, { type: 'CallNetworkReached', data: command.data });
    case 'ReportEstablished':
      return once(call.status === 'established', { type: 'CallEstablished', data: command.data });
    case 'ReportDigits':
      return hearDigits(command, call);
    case 'JoinChannel':
      return enterChannel(command, call);
    case 'SendChannelMessage':
      return sendMessage(command, call);
    case 'ChangeCallData':
      return changeData(command, call.attached);
    case 'RequestClearCall':
      return once(call.clearRequested, { type: 'ClearCallRequested', data: command.data });
    case 'ReportConnectionCleared':
      return once(call.callerCleared, { type: 'ConnectionCleared', data: command.data });
    case 'ReportCallCleared':
    case 'ReportCallFailed':
      return command.data.side === 'gateway' ? end(command, call) : ignore;
    case 'ReportReconstructed':
      return reconstruct(command, call);
  }
};

/** What asks for something that is over already asks for nothing new; what goes on from there is refused. */
const decideOver = (command: GatewayCallCommand | CommonCallCommand): Answer =>
  command.type === 'SendChannelMessage' || command.type === 'ChangeCallData' ? reject('call-is-over') : ignore;

/** The call that Trunkline places for a customer, from the request to the end of its port's work. */
export const decideGatewayCall = (
  command: GatewayCallCommand | CommonCallCommand,
  call: GatewayCall | Extract<Call, { status: 'unknown' }>,
): Answer => {
  if (call.status === 'unknown') {
    return command.type === 'RequestCall' ? request(command) : outOfPlace(command, 'unknown-call');
  }
  return call.status === 'over' ? decideOver(command) : decideLive(command, call);
};
