import type { Brand } from './brand.js';

/**
 * Every id carries its kind and its tenant: `<category>-<tenant>.<unique>`, for example `call-acme.01J8…`.
 * An aggregate's id is its stream's name, so no query can be written without the tenant.
 */
export type ScopedId<Category extends string> = Brand<`${Category}-${string}.${string}`, Category>;

/** The tenant: letters, digits and hyphens; lower case. */
export type MerchantId = Brand<string, 'MerchantId'>;
/** The tenant that owns what merchants share: gateways. */
export const platform = 'platform' as MerchantId;

export type MerchantStream = ScopedId<'merchant'>;
export type LinkId = ScopedId<'link'>;
export type CallCentreId = ScopedId<'centre'>;
export type IconSessionId = ScopedId<'session'>;
export type ContactId = ScopedId<'contact'>;
export type CallId = ScopedId<'call'>;
export type GatewayId = ScopedId<'gateway'>;
export type LeaseId = ScopedId<'lease'>;
export type AgentId = ScopedId<'agent'>;
export type DeviceId = ScopedId<'device'>;
export type QueueId = ScopedId<'queue'>;
export type ChannelDirectoryId = ScopedId<'channels'>;
export type PopId = ScopedId<'pop'>;
export type AccessLogId = ScopedId<'access'>;
export type CallRecordId = ScopedId<'record'>;
export type WebhookId = ScopedId<'webhook'>;
export type ErasureId = ScopedId<'erasure'>;
export type ClockId = ScopedId<'clock'>;

/** What names a stream: the id of the aggregate whose events it holds. */
export type StreamId =
  | MerchantStream
  | IconSessionId
  | CallId
  | GatewayId
  | AgentId
  | QueueId
  | ChannelDirectoryId
  | PopId
  | AccessLogId
  | CallRecordId
  | ErasureId
  | WebhookId
  | ClockId;

export const streamCategories = [
  'merchant',
  'session',
  'call',
  'gateway',
  'agent',
  'queue',
  'channels',
  'pop',
  'access',
  'record',
  'erasure',
  'webhook',
  'clock',
] as const;
export type StreamCategory = (typeof streamCategories)[number];

const merchantPattern = /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/;
const uniquePattern = /^[A-Za-z0-9](?:[A-Za-z0-9_.:-]{0,126}[A-Za-z0-9])?$/;
const scopedPattern =
  /^([a-z]+)-([a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?)\.([A-Za-z0-9](?:[A-Za-z0-9_.:-]{0,126}[A-Za-z0-9])?)$/;

export const isMerchantId = (text: string): text is MerchantId => merchantPattern.test(text);

/** @throws {RangeError} when the text cannot name a tenant */
export const merchantId = (text: string): MerchantId => {
  if (!isMerchantId(text)) throw new RangeError(`not a merchant id: ${JSON.stringify(text)}`);
  return text;
};

/** True when the text is an id of that category, whoever's it is. */
export const isScopedId = <Category extends string>(category: Category, text: string): text is ScopedId<Category> =>
  scopedPattern.exec(text)?.[1] === category;

const scoped =
  <Category extends string>(category: Category) =>
  /** @throws {RangeError} when `unique` holds anything but letters, digits and `_ . : -`, or is longer than 128 */
  (owner: MerchantId, unique: string): ScopedId<Category> => {
    if (!uniquePattern.test(unique)) throw new RangeError(`not a ${category} id: ${JSON.stringify(unique)}`);
    return `${category}-${owner}.${unique}` as ScopedId<Category>;
  };

export const merchantStream = (owner: MerchantId): MerchantStream => scoped('merchant')(owner, owner);
export const linkId = scoped('link');
export const callCentreId = scoped('centre');
export const iconSessionId = scoped('session');
export const contactId = scoped('contact');
export const callId = scoped('call');
export const gatewayId = scoped('gateway');
export const leaseId = scoped('lease');
export const agentId = scoped('agent');
export const deviceId = scoped('device');
export const popId = scoped('pop');
export const callRecordId = scoped('record');
export const webhookId = scoped('webhook');
export const erasureId = scoped('erasure');
/** The ACD queue of a call centre bears the centre's name. */
export const queueOf = (centre: CallCentreId): QueueId => scoped('queue')(tenantOf(centre), uniqueOf(centre));
export const channelDirectoryOf = (owner: MerchantId): ChannelDirectoryId => scoped('channels')(owner, 'directory');
export const accessLogOf = (owner: MerchantId): AccessLogId => scoped('access')(owner, 'log');

/** The clock that all our times are read from. */
export const wallClock: ClockId = scoped('clock')(platform, 'wall');

/** The tenant that an id belongs to. Tenants hold no dot, so the first dot ends them. */
export const tenantOf = (id: string): MerchantId => id.slice(id.indexOf('-') + 1, id.indexOf('.')) as MerchantId;
/** What is left of an id without category and tenant. */
export const uniqueOf = (id: string): string => id.slice(id.indexOf('.') + 1);
/** The kind of thing an id names; of a stream, the kind of aggregate. */
export const categoryOf = (id: string): string => id.slice(0, id.indexOf('-'));
