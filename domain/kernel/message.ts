import type { ContactId, MerchantId, StreamId } from './ids.js';
import type { Instant } from './time.js';
import type { Brand } from './brand.js';

export type EventId = Brand<string, 'EventId'>;
export type CommandId = Brand<string, 'CommandId'>;

/** Who made it happen: `agent:<id>`, `customer:<session id>`, `merchant:<id>`, `telephony`, `policy:<name>`, `schedule`, `operator`, `crm:<name>`. */
export type Actor = string;

/** What an event says beyond its own fields. */
export type Metadata = Readonly<{
  /** The tenant concerned. */
  merchantId: MerchantId;
  /** The customer's journey this belongs to, where there is one. */
  contactId?: ContactId;
  /** When it happened, by the source's clock. */
  occurredAt: Instant;
  /** The event or command that led to it. */
  causationId: string;
  /** The first cause of the whole chain. */
  correlationId: string;
  actor: Actor;
}>;

export type AnyEvent = Readonly<{ type: string; data: object }>;

/** An event on its way into the log. */
export type NewEvent<Event extends AnyEvent = AnyEvent> = Event &
  Readonly<{ id: EventId; schemaVersion: number; meta: Metadata }>;

/** An event as the log holds it. */
export type RecordedEvent<Event extends AnyEvent = AnyEvent> = Event &
  Readonly<{
    id: EventId;
    stream: StreamId;
    /** 0 for the first event of its stream. */
    revision: number;
    /** Order in the whole log; rises, starts above 0. To be compared, not to be counted with: a log may leave gaps. */
    position: number;
    schemaVersion: number;
    /** When the log took it, by the log's clock; never before its predecessor's. */
    recordedAt: Instant;
    meta: Metadata;
  }>;

/** Each member of a union of events, as recorded. */
export type Recorded<Event extends AnyEvent> = Event extends AnyEvent ? RecordedEvent<Event> : never;
