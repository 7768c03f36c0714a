import type { EventType, LogEvent, LogEventOf } from '#domain/events.js';
import { uniqueOf } from '#domain/kernel/ids.js';
import { oneLine } from '../../design/stranger-text.js';
import { elapsed } from '../../design/format.js';

/** `CallDelivered` → `Call delivered`: the field's own names, as one reads them. */
export const titleOf = (type: EventType): string => {
  const words = type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`.replace(/\bdtmf\b/i, 'DTMF');
};

const agent = (id: string): string => uniqueOf(id);
const names = (values: Readonly<Record<string, unknown>>): string => Object.keys(values).join(', ');

type Gist<Type extends EventType> = (data: LogEventOf<Type>['data']) => string;

/** What one wants to know of an event before opening it. Those without a line say it all by their name. */
const gists: { readonly [Type in EventType]?: Gist<Type> } = {
  IconClicked: ({ page }) => page.title || page.url,
  PageViewed: ({ page }) => page.title || page.url,
  FormCaptured: ({ form, fields }) => `${form}: ${names(fields)}`,
  CookiesCaptured: ({ cookies }) => names(cookies),
  CustomerIdentified: ({ customerRef, by }) => `${customerRef}, ${by === 'page' ? 'by the page' : 'signed'}`,
  PagePushed: ({ label, code }) => (code === undefined ? label : `${code} ${label}`),
  PageShown: ({ url }) => url,
  PageBlocked: ({ why }) => why,
  MediaSettingChanged: (data) =>
    data.setting === 'volume' ? `volume ${data.percent} %` : `echo cancellation ${data.on ? 'on' : 'off'}`,
  SessionClosed: ({ cause }) => cause,
  PortLeased: ({ port, ani }) => `port ${port}, ${ani}`,
  PortReleased: ({ port, cause }) => `port ${port}, ${cause}`,
  PortQuarantined: ({ port }) => `port ${port}`,
  CallRequested: ({ by }) => `by ${by}`,
  DestinationSelected: ({ number, rule }) => `${number}, ${rule}`,
  DialAllowed: ({ policy }) => policy,
  DialRefused: ({ reason }) => reason,
  GatewaySelected: ({ gatewayId }) => uniqueOf(gatewayId),
  CallOriginated: ({ port, ani }) => `port ${port}, ${ani}`,
  CallNetworkReached: ({ trunkGroup }) => `trunk ${trunkGroup}`,
  DigitsReceived: ({ digits, from }) => `${digits}, ${from}`,
  DtmfCommandRecognised: ({ code, label }) => `${code} ${label}`,
  DtmfCommandRefused: ({ code, reason }) => `${code}, ${reason}`,
  ChannelJoined: ({ code, agentId }) => `${code}, ${agent(agentId)}`,
  ChannelMessageSent: ({ from, text }) => `${from}: ${text}`,
  ClearCallRequested: ({ by, cause }) => `by ${by}, ${cause}`,
  CallQueued: ({ ani, dnis }) => `${ani.raw} → ${dnis.raw}`,
  RouteSelected: ({ agentId }) => agent(agentId),
  CallDelivered: ({ agentId }) => agent(agentId),
  AnswerRequested: ({ agentId }) => agent(agentId),
  DigitsRequested: ({ digits }) => digits,
  TransferRequested: ({ kind, from, to }) => `${kind}, ${agent(from)} → ${agent(to)}`,
  TransferFailed: ({ to, reason }) => `${agent(to)}, ${reason}`,
  CallTransferred: ({ from, to }) => `${agent(from)} → ${agent(to)}`,
  CallConferenced: ({ by, added }) => `${agent(by)} added ${agent(added)}`,
  CallDiverted: ({ agentId, cause }) => `from ${agent(agentId)}, ${cause}`,
  CallEstablished: ({ agentId }) => (agentId === undefined ? '' : agent(agentId)),
  CallDataChanged: ({ changes }) => names(changes),
  ConnectionCleared: ({ agentId, cause }) => (agentId === undefined ? cause : `${agent(agentId)}, ${cause}`),
  CallCleared: ({ cause }) => cause,
  CallFailed: ({ cause }) => cause,
  CallJoinedQueue: ({ callId }) => uniqueOf(callId),
  CallAssigned: ({ agentId, because }) => `${agent(agentId)}: ${because}`,
  AssignmentRefused: ({ agentId, purpose }) => `${agent(agentId)}, ${purpose}`,
  CorrelationDecided: ({ verdict, rule }) => `${verdict}, ${rule}`,
  CorrelationSuperseded: ({ previous, by }) => `was ${previous}, by ${by}`,
  AgentDidNotAnswer: ({ device }) => uniqueOf(device),
  NotesTaken: ({ text }) => text,
  DispositionRecorded: ({ code }) => code,
  ScreenPopOffered: ({ agentId, why }) => `${agent(agentId)}: ${why.verdict}`,
  ScreenPopOpened: ({ agentId }) => agent(agentId),
  ScreenPopRetracted: ({ why }) => why,
  CallRecordIssued: ({ talk, cause }) => `${elapsed(talk)} talked, ${cause}`,
};

export const gistOf = (event: LogEvent): string => {
  const gist = gists[event.type] as ((data: LogEvent['data']) => string) | undefined;
  return gist ? oneLine(gist(event.data), 160) : '';
};
