import { recognise, type DtmfBuffer, type DtmfOutcome } from '../dtmf/dtmf-recogniser.js';
import { accept, ignore } from '../kernel/decider.js';
import type { AgentId } from '../kernel/ids.js';
import type { Answer, Ask, EventData } from './call.answer.js';
import type { KeyedChannel } from './call.commands.js';
import type { CallEvent, DigitsDetector } from './call.events.js';
import type { Keying, LiveGatewayCall } from './call.state.js';
import { joinChannel } from './gateway-call.channel.js';

/** A tone that is signalled is surer than one that is heard in the voice. */
const reliability: Readonly<Record<DigitsDetector, number>> = {
  rfc4733: 5,
  info: 4,
  simulated: 3,
  terminal: 2,
  inband: 1,
};

/** Reports remembered: more than come between a report and its repetition. */
const reportsRemembered = 8;

const reportKey = ({ from, digits, by, at }: Omit<EventData<'DigitsReceived'>, 'pending'>): string =>
  `${at} ${from} ${by} ${digits}`;

/** Several detectors hear one tone: only the surest counts. */
const isBelieved = ({ detector }: Keying, by: DigitsDetector): boolean =>
  detector === undefined || reliability[by] >= reliability[detector];

/** What was keyed so far, as far as this detector goes on with it. */
const bufferFor = ({ buffer, detector }: Keying, by: DigitsDetector): DtmfBuffer =>
  detector === undefined || detector === by ? buffer : { ...buffer, digits: '' };

const onlyOneThere = (channels: readonly KeyedChannel[]): AgentId | undefined => {
  const there = new Set(channels.filter(({ onThisCall }) => onThisCall).map(({ agentId }) => agentId));
  const [agentId] = there;
  return there.size === 1 ? agentId : undefined;
};

const commanded = (
  outcome: DtmfOutcome,
  { tableVersion, channels }: Ask<'ReportDigits'>['data'],
  { channel, clearRequested }: Readonly<{ channel: AgentId | undefined; clearRequested: boolean }>,
): readonly CallEvent[] => {
  const refuse = (code: string, reason: EventData<'DtmfCommandRefused'>['reason']): readonly CallEvent[] => [
    { type: 'DtmfCommandRefused', data: { code, reason } },
  ];
  switch (outcome.kind) {
    case 'refused':
      return refuse(outcome.code, outcome.reason);
    case 'channel':
      return clearRequested ? refuse(outcome.channel.code, 'not-in-a-call') : joinChannel(channel, outcome.channel);
    case 'command': {
      const { code, label, action } = outcome.entry;
      if (clearRequested) return refuse(code, 'not-in-a-call');
      const agentId = onlyOneThere(channels);
      const by = agentId === undefined ? {} : { agentId };
      return [{ type: 'DtmfCommandRecognised', data: { code, label, tableVersion, action, ...by } }];
    }
  }
};

const joinedIn = (events: readonly CallEvent[], before: AgentId | undefined): AgentId | undefined =>
  events.findLast((event) => event.type === 'ChannelJoined')?.data.agentId ?? before;

const agentKeyed = ({ data, at }: Ask<'ReportDigits'>, call: LiveGatewayCall): Answer => {
  const { from, digits, by } = data;
  const { keying } = call;
  if (digits !== '' && !isBelieved(keying, by)) {
    return accept({ type: 'DigitsReceived', data: { from, digits, by, at, pending: keying.buffer.digits } });
  }
  const before = digits === '' ? keying.buffer : bufferFor(keying, by);
  const { buffer, outcomes } = recognise(before, { digits, at }, data.table, data.channels);
  if (digits === '' && buffer.digits === before.digits) return ignore;
  const events: CallEvent[] = [{ type: 'DigitsReceived', data: { from, digits, by, at, pending: buffer.digits } }];
  for (const outcome of outcomes) {
    const { clearRequested, channel } = call;
    events.push(...commanded(outcome, data, { clearRequested, channel: joinedIn(events, channel) }));
  }
  return accept(...events);
};

/**
 * Digits heard on a call. Those of the agent's side become commands and channels; those of the caller's side are only
 * recorded, whatever they say. No digits at all: a pause may be over.
 */
export const hearDigits = (command: Ask<'ReportDigits'>, call: LiveGatewayCall): Answer => {
  const { from, digits, by } = command.data;
  const { at } = command;
  if (call.keying.heard.includes(reportKey({ from, digits, by, at }))) return ignore;
  if (from === 'agent-side') return agentKeyed(command, call);
  return digits === '' ? ignore : accept({ type: 'DigitsReceived', data: { from, digits, by, at } });
};

/** What the next digit needs to know of this one. */
export const afterDigits = (keying: Keying, data: EventData<'DigitsReceived'>): Keying => {
  const { digits, by, at, pending } = data;
  const heard = [...keying.heard.slice(1 - reportsRemembered), reportKey(data)];
  if (pending === undefined) return { ...keying, heard };
  if (digits === '') return { ...keying, heard, buffer: { ...keying.buffer, digits: pending } };
  if (!isBelieved(keying, by)) return { ...keying, heard };
  return { heard, detector: by, buffer: { ...keying.buffer, digits: pending, lastAt: at } };
};

/** Wrong codes are counted, so that nobody finds a right one by trying. */
export const afterRefusal = (keying: Keying, { reason }: EventData<'DtmfCommandRefused'>): Keying => {
  const isWrong = reason === 'unknown-code' || reason === 'agent-not-on-this-call';
  if (!isWrong) return keying;
  return { ...keying, buffer: { ...keying.buffer, wrongTries: keying.buffer.wrongTries + 1 } };
};
