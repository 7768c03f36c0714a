import type { NotReadyReason } from '#domain/agent/agent.events.js';
import type { CorrelationRule, Verdict } from '#domain/correlation/correlation.events.js';
import type { AgentDesktop, AgentState, DesktopCallState, DesktopContact } from '#domain/views/agent-desktop.js';
import type { IconName } from '../../design/icon.names.js';
import { oneLine } from '../../design/stranger-text.js';
import type { Tone } from '../../design/tone.js';

export type Said = Readonly<{ tone: Tone; words: string }>;

export const agentStates: Readonly<Record<AgentState, Said>> = {
  'logged-off': { tone: 'unknown', words: 'Logged off' },
  'not-ready': { tone: 'unknown', words: 'Not ready' },
  ready: { tone: 'ready', words: 'Ready' },
  reserved: { tone: 'alerting', words: 'Call coming' },
  busy: { tone: 'talking', words: 'On a call' },
  'working-after-call': { tone: 'wrap-up', words: 'Wrap-up' },
};

export const callStates: Readonly<Record<DesktopCallState, Said>> = {
  alerting: { tone: 'alerting', words: 'Ringing' },
  connected: { tone: 'talking', words: 'Talking' },
  held: { tone: 'held', words: 'On hold' },
  cleared: { tone: 'ready', words: 'Idle' },
};

export const reasons: Readonly<Record<NotReadyReason, string>> = {
  'logged-on': 'Just logged on',
  break: 'Break',
  lunch: 'Lunch',
  training: 'Training',
  other: 'Other work',
  'no-answer': 'A call was not answered',
  'connection-lost': 'The connection was lost',
};

/** Those that a person gives; the rest are the switch's. */
export const givenReasons = ['break', 'lunch', 'training', 'other'] as const satisfies readonly NotReadyReason[];

/** What the agent is doing, as one would say it: a call on hold is on hold, whatever the agent's state is called. */
export const stateOf = ({ state, contact }: AgentDesktop): Said => {
  const call = contact?.call.state;
  if (call === 'alerting') return callStates.alerting;
  if (state === 'busy') return call === 'held' ? callStates.held : callStates.connected;
  return agentStates[state];
};

/** The lamp of the agent's own line. */
export const lineOf = ({ state, contact }: AgentDesktop): Said => {
  if (state === 'logged-off') return { tone: 'unknown', words: 'Not watched' };
  return callStates[contact?.call.state ?? 'cleared'];
};

export const verdicts: Readonly<Record<Verdict, Said & Readonly<{ icon: IconName }>>> = {
  certain: { tone: 'talking', words: 'Certain', icon: 'check' },
  probable: { tone: 'accent', words: 'Probable', icon: 'nearly' },
  ambiguous: { tone: 'held', words: 'Ambiguous', icon: 'warning' },
  none: { tone: 'unknown', words: 'No match', icon: 'question' },
};

export const rules: Readonly<Record<CorrelationRule, string>> = {
  'signalled-session-id': 'The call itself carried the session’s id',
  'channel-digits': 'An agent keyed a channel code in this call',
  'live-lease-of-ani': 'Its number is the line leased to this click',
  'pseudo-ani': 'Its number stands for this internet call',
  'quarantined-lease-of-ani': 'Its number was leased to this click a moment ago',
  'most-recent-call-of-gateway': 'It is the latest call through that gateway',
  'no-rule': 'No rule fits',
};

export const transferFailures: Readonly<Record<string, string>> = {
  'agent-not-ready': 'is not ready',
  'no-answer': 'did not answer',
  'caller-gone': 'was not reached before the caller hung up',
  'refused-by-switch': 'could not be reached: the switch refused',
};

export const dispositions = [
  { code: 'resolved', label: 'Resolved' },
  { code: 'sale', label: 'Sale' },
  { code: 'call-back', label: 'Call back' },
  { code: 'wrong-number', label: 'Wrong number' },
  { code: 'complaint', label: 'Complaint' },
  { code: 'other', label: 'Other' },
] as const;

/** Whom the agent should call them: the merchant's own reference, else the name that the network gave, else nobody. */
export const whoCalls = ({ customer, callerName }: DesktopContact): string =>
  oneLine(customer?.ref ?? callerName ?? '', 120) || 'Unidentified caller';

/** The alert as one sentence, for those who hear it. */
export const alertInWords = (contact: DesktopContact): string => {
  const about = contact.icon ? `, about ${oneLine(contact.icon.label, 80)}` : '';
  const page = contact.pageNow ? ` On the page: ${oneLine(contact.pageNow.title, 80)}.` : '';
  const { words } = verdicts[contact.belief.verdict];
  return `Incoming call: ${whoCalls(contact)}${about}, for ${oneLine(contact.merchantName, 80)}.${page} Identification: ${words}.`;
};
