import { accept, ignore, reject } from '../kernel/decider.js';
import type { Answer, Ask } from './call.answer.js';
import type { CallCause, CallEvent, TransferFailure } from './call.events.js';
import type { LiveCentreCall, PendingTransfer } from './call.state.js';
import {
  connectionCleared,
  isOfAnEarlierStay,
  isOnCall,
  partyAt,
  partyOf,
  untilConnected,
} from './centre-call.parties.js';

export const requestTransfer = ({ data }: Ask<'RequestTransfer'>, call: LiveCentreCall): Answer => {
  if (call.transfer) return call.transfer.transferId === data.transferId ? ignore : reject('already-transferring');
  const party = partyOf(call, data.from);
  if (!party) return reject('not-your-call');
  if (party.status !== 'connected') return reject('call-is-not-connected');
  if (data.from === data.to) return reject('cannot-transfer-to-yourself');
  return accept({ type: 'TransferRequested', data });
};

const failed = ({ transferId, from, to }: PendingTransfer, reason: TransferFailure): CallEvent => ({
  type: 'TransferFailed',
  data: { transferId, from, to, reason },
});

/** The agent it was to go to cannot have it: whoever has the call keeps it. An answer that came first stands. */
export const failTransfer = ({ data: { to, reason } }: Ask<'FailTransfer'>, call: LiveCentreCall): Answer =>
  call.transfer?.to === to && !isOnCall(partyOf(call, to)) ? accept(failed(call.transfer, reason)) : ignore;

/** Takes the call from a phone that is not answered: back to the queue, or to the agent who is handing it on. */
export const divertToQueue = ({ data: { agentId, cause } }: Ask<'DivertToQueue'>, call: LiveCentreCall): Answer => {
  const party = partyOf(call, agentId);
  if (!party || isOnCall(party)) return ignore;
  return accept<CallEvent>(...(call.transfer?.to === agentId ? [failed(call.transfer, 'no-answer')] : []), {
    type: 'CallDiverted',
    data: { agentId, device: party.device, cause },
  });
};

/** Who hands on to whom: as asked for, or, when that was given up too soon, as the two are on the call. */
const handingOn = (
  { data, at }: Ask<'ReportTransferred'>,
  call: LiveCentreCall,
): PendingTransfer['from'] | undefined => {
  const target = partyAt(call, data.to);
  if (!target) return undefined;
  if (call.transfer) return call.transfer.to === target.agentId ? call.transfer.from : undefined;
  const leaving = partyAt(call, data.from);
  return leaving && leaving !== target && !isOfAnEarlierStay(leaving, at) ? leaving.agentId : undefined;
};

/** One agent leaves, the other stays. Who left is told in the same breath: no report of that need come. */
export const transferred = (command: Ask<'ReportTransferred'>, call: LiveCentreCall): Answer => {
  const target = partyAt(call, command.data.to);
  const from = handingOn(command, call);
  if (!target || from === undefined) return ignore;
  const leaving = partyOf(call, from);
  return accept<CallEvent>(
    ...untilConnected(target, call, command.at),
    { type: 'CallTransferred', data: { from, to: target.agentId } },
    ...(leaving ? [connectionCleared(leaving, 'transferred')] : []),
  );
};

export const conferenced = ({ data, at }: Ask<'ReportConferenced'>, call: LiveCentreCall): Answer => {
  const added = partyAt(call, data.added);
  if (!call.transfer || call.transfer.to !== added?.agentId) return ignore;
  const { from, to } = call.transfer;
  return accept<CallEvent>(...untilConnected(added, call, at), {
    type: 'CallConferenced',
    data: { by: from, added: to },
  });
};

/** What becomes of a transfer when its target's phone is off the call. */
export const endedWithTarget = (
  { transfer }: LiveCentreCall,
  agentId: string,
  cause: CallCause,
): readonly CallEvent[] =>
  transfer?.to === agentId ? [failed(transfer, cause === 'no-answer' ? 'no-answer' : 'refused-by-switch')] : [];

export const endedWithCall = ({ transfer }: LiveCentreCall): readonly CallEvent[] =>
  transfer ? [failed(transfer, 'caller-gone')] : [];
