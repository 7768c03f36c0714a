import type { EventType, LogEvent } from '#domain/events.js';
import type { IconName } from '../../design/icon.names.js';

export const lanes = ['browser', 'gateway', 'centre', 'agent', 'correlation', 'channel', 'records'] as const;
export type Lane = (typeof lanes)[number];

export const laneNames: Readonly<Record<Lane, Readonly<{ name: string; icon: IconName }>>> = {
  browser: { name: 'Browser', icon: 'page' },
  gateway: { name: 'Gateway', icon: 'phone' },
  centre: { name: 'Call centre', icon: 'people' },
  agent: { name: 'Agent', icon: 'headset' },
  correlation: { name: 'Correlation', icon: 'cause' },
  channel: { name: 'Channel', icon: 'chat' },
  records: { name: 'Records', icon: 'data' },
};

/** Where it happened. `either side`: a call has two sides, and only its own events tell which one is meant. */
const places: Readonly<Record<EventType, Lane | 'either side'>> = {
  MerchantRegistered: 'records',
  OriginVerified: 'records',
  LinkDefined: 'records',
  CallCentreDefined: 'records',
  RoutingPolicyPublished: 'records',
  RedirectSet: 'records',
  RedirectCleared: 'records',
  DtmfTablePublished: 'records',
  CapturePolicySet: 'records',
  ApiKeyIssued: 'records',
  ApiKeyRevoked: 'records',
  IconClicked: 'browser',
  PageViewed: 'browser',
  FormCaptured: 'browser',
  CookiesCaptured: 'browser',
  CustomerIdentified: 'browser',
  PagePushed: 'browser',
  PageShown: 'browser',
  PageBlocked: 'browser',
  MediaSettingChanged: 'browser',
  SessionClosed: 'browser',
  GatewayDefined: 'gateway',
  PortLeased: 'gateway',
  PortReleased: 'gateway',
  PortQuarantined: 'gateway',
  PoolExhausted: 'gateway',
  PortBlocked: 'gateway',
  PortUnblocked: 'gateway',
  CallRequested: 'gateway',
  DestinationSelected: 'gateway',
  DialAllowed: 'gateway',
  DialRefused: 'gateway',
  GatewaySelected: 'gateway',
  CallOriginated: 'gateway',
  CallNetworkReached: 'gateway',
  DigitsReceived: 'gateway',
  DtmfCommandRecognised: 'gateway',
  DtmfCommandRefused: 'gateway',
  ClearCallRequested: 'gateway',
  ChannelJoined: 'channel',
  ChannelMessageSent: 'channel',
  ChannelClosed: 'channel',
  ChannelAssigned: 'channel',
  ChannelReleased: 'channel',
  CallQueued: 'centre',
  RouteSelected: 'centre',
  CallDelivered: 'centre',
  TransferFailed: 'centre',
  CallHeld: 'centre',
  CallRetrieved: 'centre',
  CallTransferred: 'centre',
  CallConferenced: 'centre',
  CallDiverted: 'centre',
  CallJoinedQueue: 'centre',
  CallLeftQueue: 'centre',
  AgentJoinedQueue: 'centre',
  AgentLeftQueue: 'centre',
  CallAssigned: 'centre',
  AssignmentRefused: 'centre',
  CallEstablished: 'either side',
  CallDataChanged: 'either side',
  ConnectionCleared: 'either side',
  CallCleared: 'either side',
  CallFailed: 'either side',
  CallReconstructed: 'either side',
  CorrelationDecided: 'correlation',
  CorrelationSuperseded: 'correlation',
  AnswerRequested: 'agent',
  HoldRequested: 'agent',
  RetrieveRequested: 'agent',
  ClearConnectionRequested: 'agent',
  DigitsRequested: 'agent',
  TransferRequested: 'agent',
  AgentRegistered: 'agent',
  AgentLoggedOn: 'agent',
  AgentReady: 'agent',
  AgentNotReady: 'agent',
  AgentReserved: 'agent',
  AgentReservationDeclined: 'agent',
  AgentBusy: 'agent',
  AgentWorkingAfterCall: 'agent',
  AgentStatePending: 'agent',
  AgentDidNotAnswer: 'agent',
  AgentLost: 'agent',
  AgentReturned: 'agent',
  AgentLoggedOff: 'agent',
  NotesTaken: 'agent',
  DispositionRecorded: 'agent',
  ScreenPopOffered: 'agent',
  ScreenPopOpened: 'agent',
  ScreenPopRetracted: 'agent',
  CallRecordIssued: 'records',
  AccessRefused: 'records',
  RateLimited: 'records',
  SignedIn: 'records',
  SignedOut: 'records',
  ClockStepped: 'records',
};

/** The streams of calls that the customer's side placed: all others are calls at a centre's switch. */
export const gatewayCalls = (events: readonly LogEvent[]): ReadonlySet<string> =>
  new Set(events.filter(({ type }) => type === 'CallRequested').map(({ stream }) => stream));

export const laneOf = (event: LogEvent, throughGateway: ReadonlySet<string>): Lane => {
  const place = places[event.type];
  if (place !== 'either side') return place;
  return throughGateway.has(event.stream) ? 'gateway' : 'centre';
};

const failures: ReadonlySet<EventType> = new Set<EventType>([
  'DialRefused',
  'PoolExhausted',
  'PageBlocked',
  'CallFailed',
  'TransferFailed',
  'DtmfCommandRefused',
  'AgentDidNotAnswer',
  'AgentLost',
  'AssignmentRefused',
  'AccessRefused',
]);

/** Something did not come about. */
export const isFailure = ({ type }: LogEvent): boolean => failures.has(type);
