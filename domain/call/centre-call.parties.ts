import { after, type Instant, type Milliseconds } from '../kernel/time.js';
import type { AgentId, DeviceId } from '../kernel/ids.js';
import type { CallCause, CallEvent } from './call.events.js';
import type { AgentAsk, LiveCentreCall, Party } from './call.state.js';

/** After this the switch is taken not to have done what it was asked, and the agent may ask again. */
const patience: Milliseconds = 3_000;

export const partyOf = ({ parties }: LiveCentreCall, agentId: AgentId): Party | undefined =>
  parties.find((party) => party.agentId === agentId);

export const partyAt = ({ parties }: LiveCentreCall, device: DeviceId): Party | undefined =>
  parties.find((party) => party.device === device);

export const isOnCall = (party: Party | undefined): boolean =>
  party?.status === 'connected' || party?.status === 'held';

/** An agent who has been on the call before may be back: what was told of the earlier stay is past. */
export const isOfAnEarlierStay = ({ deliveredAt }: Party, at: Instant): boolean =>
  deliveredAt !== undefined && at < deliveredAt;

/** Also when the clock has gone back since. */
export const isAskedAlready = ({ asked }: Party, what: AgentAsk, at: Instant): boolean =>
  asked?.what === what && at < after(asked.at, patience);

export const withParty = (
  call: LiveCentreCall,
  agentId: AgentId,
  changed: (party: Party) => Party,
): LiveCentreCall => ({
  ...call,
  parties: call.parties.map((party) => (party.agentId === agentId ? changed(party) : party)),
});

export const withoutParty = (call: LiveCentreCall, agentId: AgentId | undefined): LiveCentreCall => ({
  ...call,
  parties: call.parties.filter((party) => party.agentId !== agentId),
});

/** The steps that must have come before, where their reports are late: a phone that is on the call has rung. */
export const untilConnected = (party: Party, { deliveries }: LiveCentreCall, at: Instant): readonly CallEvent[] => {
  const { agentId, device, status } = party;
  const delivered: CallEvent = { type: 'CallDelivered', data: { agentId, device, hop: deliveries + 1, at } };
  const established: CallEvent = { type: 'CallEstablished', data: { agentId, device } };
  if (status === 'reserved') return [delivered, established];
  return status === 'alerting' ? [established] : [];
};

export const connectionCleared = ({ agentId, device }: Party, cause: CallCause): CallEvent => ({
  type: 'ConnectionCleared',
  data: { agentId, device, cause },
});
