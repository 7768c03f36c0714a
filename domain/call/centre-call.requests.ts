import { accept, ignore, reject } from '../kernel/decider.js';
import type { Answer, Ask } from './call.answer.js';
import type { CallRejection } from './call.commands.js';
import type { AgentAsk, LiveCentreCall, Party } from './call.state.js';
import { isAskedAlready, isOnCall, partyOf } from './centre-call.parties.js';

const keysOfATelephone = /^[0-9*#]{1,32}$/;

type AgentRequest = Ask<'RequestAnswer' | 'RequestHold' | 'RequestRetrieve' | 'RequestClearConnection'>;

const rules = {
  RequestAnswer: { what: 'answer', fits: ({ status }) => status === 'alerting', otherwise: 'call-is-not-alerting' },
  RequestHold: { what: 'hold', fits: ({ status }) => status === 'connected', otherwise: 'call-is-not-connected' },
  RequestRetrieve: { what: 'retrieve', fits: ({ status }) => status === 'held', otherwise: 'call-is-not-held' },
  RequestClearConnection: { what: 'clear', fits: isOnCall, otherwise: 'call-is-not-connected' },
} as const satisfies Record<
  AgentRequest['type'],
  { what: AgentAsk; fits: (party: Party) => boolean; otherwise: CallRejection }
>;

const eventOf = {
  RequestAnswer: 'AnswerRequested',
  RequestHold: 'HoldRequested',
  RequestRetrieve: 'RetrieveRequested',
  RequestClearConnection: 'ClearConnectionRequested',
} as const;

/** What an agent asks of the switch for the agent's own connection, once while it is on its way. */
export const requestOfAgent = ({ type, data: { agentId }, at }: AgentRequest, call: LiveCentreCall): Answer => {
  const party = partyOf(call, agentId);
  if (!party) return reject('not-your-call');
  const { what, fits, otherwise } = rules[type];
  if (!fits(party)) return reject(otherwise);
  if (isAskedAlready(party, what, at)) return ignore;
  return accept({ type: eventOf[type], data: { agentId, device: party.device, at } });
};

/** Keys that the agent wants sounded towards the caller. Each time is another one. */
export const requestDigits = ({ data: { agentId, digits } }: Ask<'RequestDigits'>, call: LiveCentreCall): Answer => {
  const party = partyOf(call, agentId);
  if (!party) return reject('not-your-call');
  if (party.status !== 'connected') return reject('call-is-not-connected');
  if (!keysOfATelephone.test(digits)) return reject('bad-digits');
  return accept({ type: 'DigitsRequested', data: { agentId, device: party.device, digits } });
};

/** Sends the call to the agent it has been assigned to: the first, or the one it is being transferred to. */
export const selectRoute = ({ data }: Ask<'SelectRoute'>, call: LiveCentreCall): Answer => {
  if (partyOf(call, data.agentId)) return ignore;
  const isAwaited = call.transfer ? call.transfer.to === data.agentId : call.parties.length === 0;
  return isAwaited ? accept({ type: 'RouteSelected', data }) : reject('not-your-call');
};
