import type { CallCause } from '#domain/call/call.events.js';
import type { MakeCall } from '#domain/contracts/telephony.js';
import type { Signal } from './circuit.js';
import type { UntimedReport } from './report.js';

/** The call on a gateway's port, as the gateway sees it. */
export type GatewayCall = Readonly<{ request: MakeCall; state: 'seizing' | 'dialled' | 'answered' }>;

/** The call as it is now (none: it is over) and what is told of it. */
export type GatewayStep = Readonly<{ call: GatewayCall | undefined; reports: readonly UntimedReport[] }>;

const ended = (callId: MakeCall['callId'], cause: CallCause): UntimedReport => ({
  type: 'Cleared',
  callId,
  side: 'gateway',
  cause,
});

/** The far end, or the wire, has let go: before the answer the call has failed, after it both parties are cleared. */
const farEndReleased = ({ request: { callId }, state }: GatewayCall, cause: CallCause): GatewayStep => ({
  call: undefined,
  reports:
    state === 'answered'
      ? [{ type: 'ConnectionCleared', callId, cause }, ended(callId, cause)]
      : [{ type: 'Failed', callId, side: 'gateway', cause }],
});

/** What a gateway makes of what it hears from the far end. */
export const heardFromFarEnd = (call: GatewayCall, signal: Signal): GatewayStep => {
  const { callId } = call.request;
  switch (signal.kind) {
    case 'answer':
      return { call: { ...call, state: 'answered' }, reports: [{ type: 'Established', callId }] };
    case 'digits':
      return {
        call,
        reports: [{ type: 'Digits', callId, from: 'agent-side', digits: signal.digits, by: 'simulated' }],
      };
    case 'release':
      return farEndReleased(call, signal.cause);
  }
};

/** No trunk to dial on. */
export const failed = ({ request: { callId } }: GatewayCall, cause: CallCause): GatewayStep => ({
  call: undefined,
  reports: [{ type: 'Failed', callId, side: 'gateway', cause }],
});

/** The customer has hung up, or the gateway's own line has gone. */
export const cleared = ({ request: { callId } }: GatewayCall, cause: CallCause): GatewayStep => ({
  call: undefined,
  reports: [ended(callId, cause)],
});
