import type { Instant } from '../kernel/time.js';
import { accept, ignore } from '../kernel/decider.js';
import type { Answer, Ask } from './call.answer.js';
import type { CallEvent } from './call.events.js';
import type { LiveCentreCall, Party } from './call.state.js';
import { connectionCleared, isOfAnEarlierStay, partyAt, untilConnected } from './centre-call.parties.js';
import { endedWithCall, endedWithTarget } from './centre-call.transfer.js';

export const delivered = ({ data: { device }, at }: Ask<'ReportDelivered'>, call: LiveCentreCall): Answer => {
  const party = partyAt(call, device);
  if (party?.status !== 'reserved') return ignore;
  return accept({
    type: 'CallDelivered',
    data: { agentId: party.agentId, device, hop: call.deliveries + 1, at },
  });
};

const onlyOneRinging = ({ parties }: LiveCentreCall): Party | undefined => {
  const ringing = parties.filter(({ status }) => status === 'alerting');
  return ringing.length === 1 ? ringing[0] : undefined;
};

export const established = ({ data: { device }, at }: Ask<'ReportEstablished'>, call: LiveCentreCall): Answer => {
  const party = device === undefined ? onlyOneRinging(call) : partyAt(call, device);
  return party ? accept(...untilConnected(party, call, at)) : ignore;
};

/** Told again, or told after what came later. */
const isOld = ({ holdChangedAt }: Party, { at }: Ask<'ReportHeld' | 'ReportRetrieved'>): boolean =>
  holdChangedAt !== undefined && at <= holdChangedAt;

export const held = (command: Ask<'ReportHeld'>, call: LiveCentreCall): Answer => {
  const { data, at } = command;
  const party = partyAt(call, data.device);
  if (!party || party.status === 'held' || isOld(party, command)) return ignore;
  const { agentId, device } = party;
  return accept<CallEvent>(...untilConnected(party, call, at), { type: 'CallHeld', data: { agentId, device, at } });
};

/** Of a hold and a retrieval in the same millisecond, the retrieval is the later one. */
const isHeldThisInstant = ({ status, holdChangedAt }: Party, at: Instant): boolean =>
  status === 'held' && holdChangedAt === at;

/** What is retrieved has been held, though the report of that be late. */
export const retrieved = (command: Ask<'ReportRetrieved'>, call: LiveCentreCall): Answer => {
  const { data, at } = command;
  const party = partyAt(call, data.device);
  if (!party || (isOld(party, command) && !isHeldThisInstant(party, at))) return ignore;
  const { agentId, device, status } = party;
  const before: readonly CallEvent[] =
    status === 'held' ? [] : [...untilConnected(party, call, at), { type: 'CallHeld', data: { agentId, device, at } }];
  return accept<CallEvent>(...before, { type: 'CallRetrieved', data: { agentId, device, at } });
};

export const cleared = (command: Ask<'ReportConnectionCleared'>, call: LiveCentreCall): Answer => {
  const { device, cause } = command.data;
  if (device === undefined) {
    return call.callerCleared ? ignore : accept({ type: 'ConnectionCleared', data: { cause } });
  }
  const party = partyAt(call, device);
  if (!party || isOfAnEarlierStay(party, command.at)) return ignore;
  return accept(connectionCleared(party, cause), ...endedWithTarget(call, party.agentId, cause));
};

export const callOver = (
  { type, data: { cause, side } }: Ask<'ReportCallCleared' | 'ReportCallFailed'>,
  call: LiveCentreCall,
): Answer => {
  if (side !== 'centre') return ignore;
  return accept<CallEvent>(...endedWithCall(call), ...call.parties.map((party) => connectionCleared(party, cause)), {
    type: type === 'ReportCallCleared' ? 'CallCleared' : 'CallFailed',
    data: { cause, side },
  });
};
