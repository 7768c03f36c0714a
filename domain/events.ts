import type { AccessEvent } from './access/access.events.js';
import type { QueueEvent } from './acd/queue.events.js';
import type { AgentEvent } from './agent/agent.events.js';
import type { CallRecordEvent } from './billing/call-record.events.js';
import type { CallEvent } from './call/call.events.js';
import type { ChannelDirectoryEvent } from './channel/channel.events.js';
import type { ClockEvent } from './clock/clock.events.js';
import type { GatewayEvent } from './gateway/gateway.events.js';
import type { IconSessionEvent } from './icon-session/icon-session.events.js';
import type { Recorded } from './kernel/message.js';
import type { MerchantEvent } from './merchant/merchant.events.js';
import type { PopEvent } from './pop/pop.events.js';
import type { WebhookEvent } from './webhook/webhook.events.js';
import type { ErasureEvent } from './privacy/erasure.events.js';

export type TrunklineEvent =
  | MerchantEvent
  | IconSessionEvent
  | GatewayEvent
  | CallEvent
  | QueueEvent
  | AgentEvent
  | ChannelDirectoryEvent
  | PopEvent
  | CallRecordEvent
  | WebhookEvent
  | AccessEvent
  | ErasureEvent
  | ClockEvent;

export type EventType = TrunklineEvent['type'];
/** One event by its name. */
export type EventOf<Type extends EventType> = Extract<TrunklineEvent, { type: Type }>;
/** Any of our events, as the log holds it. */
export type LogEvent = Recorded<TrunklineEvent>;
export type LogEventOf<Type extends EventType> = Recorded<EventOf<Type>>;

type PersonalFields<Type extends EventType> = readonly (keyof EventOf<Type>['data'] & string)[];
type CatalogueEntry<Type extends EventType> = Readonly<{
  /** Version of the shape of `data`; what was recorded under one version never changes meaning. */
  schemaVersion: number;
  /** Fields that say something about a person. */
  personalData: PersonalFields<Type>;
}>;

const v1 = { schemaVersion: 1, personalData: [] } as const;

const catalogue = {
  MerchantRegistered: v1,
  OriginVerified: v1,
  LinkDefined: v1,
  CallCentreDefined: v1,
  RoutingPolicyPublished: v1,
  RedirectSet: v1,
  RedirectCleared: v1,
  DtmfTablePublished: v1,
  CapturePolicySet: v1,
  ApiKeyIssued: v1,
  ApiKeyRevoked: v1,

  IconClicked: { schemaVersion: 1, personalData: ['page', 'merchantSessionId', 'location'] },
  PageViewed: { schemaVersion: 1, personalData: ['page'] },
  FormCaptured: { schemaVersion: 1, personalData: ['fields'] },
  CookiesCaptured: { schemaVersion: 1, personalData: ['cookies'] },
  CustomerIdentified: { schemaVersion: 1, personalData: ['customerRef'] },
  PagePushed: { schemaVersion: 1, personalData: ['url'] },
  PageShown: { schemaVersion: 1, personalData: ['url'] },
  PageBlocked: v1,
  MediaSettingChanged: { schemaVersion: 2, personalData: [] },
  SessionClosed: v1,

  GatewayDefined: v1,
  PortLeased: v1,
  PortReleased: v1,
  PortQuarantined: v1,
  PoolExhausted: v1,
  PortBlocked: v1,
  PortUnblocked: v1,

  CallRequested: v1,
  DestinationSelected: { schemaVersion: 1, personalData: ['trace'] },
  DialAllowed: v1,
  DialRefused: { schemaVersion: 1, personalData: ['trace'] },
  GatewaySelected: v1,
  CallOriginated: v1,
  CallNetworkReached: v1,
  DigitsReceived: { schemaVersion: 1, personalData: ['digits', 'pending'] },
  DtmfCommandRecognised: v1,
  DtmfCommandRefused: { schemaVersion: 1, personalData: ['code'] },
  ChannelJoined: v1,
  ChannelMessageSent: { schemaVersion: 1, personalData: ['text'] },
  ChannelClosed: v1,
  ClearCallRequested: v1,
  CallQueued: { schemaVersion: 1, personalData: ['ani', 'callerName', 'uui'] },
  RouteSelected: v1,
  CallDelivered: v1,
  AnswerRequested: v1,
  HoldRequested: v1,
  RetrieveRequested: v1,
  ClearConnectionRequested: v1,
  DigitsRequested: { schemaVersion: 1, personalData: ['digits'] },
  TransferRequested: v1,
  TransferFailed: v1,
  CallHeld: v1,
  CallRetrieved: v1,
  CallTransferred: v1,
  CallConferenced: v1,
  CallDiverted: v1,
  CallEstablished: v1,
  CallDataChanged: { schemaVersion: 1, personalData: ['changes'] },
  ConnectionCleared: v1,
  CallCleared: v1,
  CallFailed: v1,
  CallReconstructed: v1,

  CorrelationDecided: { schemaVersion: 1, personalData: ['evidence'] },
  CorrelationSuperseded: v1,

  CallJoinedQueue: v1,
  CallLeftQueue: v1,
  AgentJoinedQueue: v1,
  AgentLeftQueue: v1,
  CallAssigned: v1,
  AssignmentRefused: v1,

  AgentRegistered: { schemaVersion: 1, personalData: ['loginName', 'displayName'] },
  AgentLoggedOn: v1,
  AgentReady: v1,
  AgentNotReady: v1,
  AgentReserved: v1,
  AgentReservationDeclined: v1,
  AgentBusy: v1,
  AgentWorkingAfterCall: v1,
  AgentStatePending: v1,
  AgentDidNotAnswer: v1,
  AgentLost: v1,
  AgentReturned: v1,
  AgentLoggedOff: v1,
  NotesTaken: { schemaVersion: 1, personalData: ['text'] },
  DispositionRecorded: v1,

  ChannelAssigned: v1,
  ChannelReleased: v1,

  ScreenPopOffered: v1,
  ScreenPopOpened: v1,
  ScreenPopRetracted: v1,

  WebhookDefined: v1,
  WebhookEnabled: v1,
  WebhookDisabled: v1,
  WebhookSecretIssued: v1,
  WebhookRemoved: v1,
  WebhookDeliveryFailed: v1,
  WebhookDeliveryAbandoned: v1,
  WebhookDelivered: v1,
  WebhookPaused: v1,
  WebhookResumed: v1,
  WebhookDeadLettersResent: v1,

  CallRecordIssued: { schemaVersion: 1, personalData: ['referrer'] },

  AccessRefused: { schemaVersion: 1, personalData: ['from'] },
  RateLimited: { schemaVersion: 1, personalData: ['from'] },
  SignedIn: v1,
  SignedOut: v1,

  ClockStepped: v1,

  ErasureRequested: v1,
  SubjectKeyDestroyed: v1,
  ErasureCompleted: v1,
} as const satisfies { readonly [Type in EventType]: CatalogueEntry<Type> };

/** Every event there is. */
export const eventCatalogue: { readonly [Type in EventType]: CatalogueEntry<Type> } = catalogue;

/** Names of an event's fields that say something about a person. */
export type PersonalFieldOf<Type extends EventType> = (typeof catalogue)[Type]['personalData'][number];

/** Events whose shape has changed since they were first recorded. */
export type ChangedEventType = {
  [Type in EventType]: (typeof catalogue)[Type]['schemaVersion'] extends 1 ? never : Type;
}[EventType];

const types: ReadonlySet<string> = new Set(Object.keys(eventCatalogue));

export const isEventType = (type: string): type is EventType => types.has(type);
