import type { CorrelationEvent } from '../correlation/correlation.events.js';
import type { Instant } from '../kernel/time.js';
import type { CentreCallEvent, CommonCallEvent } from './call.events.js';
import { withChanges } from './call-data.js';
import { overUnheard, queuedCall, type AgentAsk, type Call, type LiveCentreCall, type Party } from './call.state.js';
import { attribution } from './centre-call.correlation.js';
import { withoutParty, withParty } from './centre-call.parties.js';

type Event = Exclude<CentreCallEvent | CommonCallEvent | CorrelationEvent, { type: 'CallQueued' }>;

/** The connection changes, and with that whatever was asked for is past. */
const become = (party: Omit<Party, 'status'>, status: Party['status'], change: Partial<Party> = {}): Party => {
  const { asked: _past, ...rest } = party;
  return { ...rest, status, ...change };
};

const ask = (call: LiveCentreCall, what: AgentAsk, { agentId, at }: Pick<Party, 'agentId'> & { at: Instant }): Call =>
  withParty(call, agentId, (party) => ({ ...party, asked: { what, at } }));

const withoutTransfer = ({ transfer: _past, ...call }: LiveCentreCall): LiveCentreCall => call;

const over = ({ side, contactId, correlation, ownContactId }: LiveCentreCall): Call => ({
  side,
  status: 'over',
  ...(contactId === undefined ? {} : { contactId }),
  ...(correlation === undefined ? {} : { correlation }),
  ...(ownContactId === undefined ? {} : { ownContactId }),
});

const evolveLive = (call: LiveCentreCall, event: Event): Call => {
  switch (event.type) {
    case 'CorrelationDecided':
      return { ...call, ...attribution(event.data) };
    case 'RouteSelected':
      return { ...call, parties: [...call.parties, become(event.data, 'reserved')] };
    case 'CallDelivered': {
      const { agentId, hop, at } = event.data;
      const ringing = withParty(call, agentId, (party) => become(party, 'alerting', { deliveredAt: at }));
      return { ...ringing, deliveries: hop };
    }
    case 'CallEstablished': {
      const { agentId } = event.data;
      return agentId === undefined ? call : withParty(call, agentId, (party) => become(party, 'connected'));
    }
    case 'AnswerRequested':
      return ask(call, 'answer', event.data);
    case 'HoldRequested':
      return ask(call, 'hold', event.data);
    case 'RetrieveRequested':
      return ask(call, 'retrieve', event.data);
    case 'ClearConnectionRequested':
      return ask(call, 'clear', event.data);
    case 'CallHeld': {
      const { agentId, at } = event.data;
      return withParty(call, agentId, (party) => become(party, 'held', { holdChangedAt: at }));
    }
    case 'CallRetrieved': {
      const { agentId, at } = event.data;
      return withParty(call, agentId, (party) => become(party, 'connected', { holdChangedAt: at }));
    }
    case 'TransferRequested':
      return { ...call, transfer: event.data };
    case 'TransferFailed':
    case 'CallTransferred':
    case 'CallConferenced':
      return withoutTransfer(call);
    case 'CallDiverted':
      return withoutParty(call, event.data.agentId);
    case 'ConnectionCleared': {
      const { agentId } = event.data;
      return agentId === undefined ? { ...call, callerCleared: true } : withoutParty(call, agentId);
    }
    case 'CallDataChanged':
      return { ...call, attached: withChanges(call.attached, event.data) };
    case 'CallReconstructed':
      return { ...call, reconstruction: event.data };
    case 'CallCleared':
    case 'CallFailed':
      return over(call);
    case 'CorrelationSuperseded':
    case 'DigitsRequested':
      return call;
  }
};

export const evolveCentreCall = (call: Call, event: Event | Extract<CentreCallEvent, { type: 'CallQueued' }>): Call => {
  if (event.type === 'CallQueued') return queuedCall(event.data.contactId);
  if (call.status === 'unknown') {
    return event.type === 'CallCleared' || event.type === 'CallFailed' ? overUnheard(event.data.side) : call;
  }
  if (call.side !== 'centre') return call;
  if (call.status === 'in-progress') return evolveLive(call, event);
  return event.type === 'CorrelationDecided' ? { ...call, ...attribution(event.data) } : call;
};
