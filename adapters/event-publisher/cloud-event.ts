import { eventCatalogue, isEventType } from '#domain/events.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import type { Instant } from '#domain/kernel/time.js';

/**
 * CloudEvents 1.0, structured (JSON) mode. Names of attributes are lower-case letters and digits, as the specification
 * asks; those behind `data` are extensions. `sequence` and `recordedtime` are the documented extensions of these names.
 */
export type CloudEvent = Readonly<{
  specversion: '1.0';
  /** The event's own id: with `source` the same however often it is sent. */
  id: string;
  /** Installation and merchant, a URI reference. */
  source: string;
  /** `trunkline.<EventType>.v<schemaVersion>`. */
  type: string;
  /** The contact; where there is none, the stream. */
  subject: string;
  /** When it happened by the source's clock, RFC 3339. */
  time: string;
  datacontenttype: 'application/json';
  data: Readonly<Record<string, unknown>>;
  merchantid: string;
  /** The stream that it stands in, and its place there from 0 on. */
  stream: string;
  revision: number;
  /** Position in the log: 16 digits, so that text sorts as the log does. */
  sequence: string;
  correlationid: string;
  causationid: string;
  /** When the log took it, RFC 3339. */
  recordedtime: string;
  actor: string;
  /** Fields of `data` that were left out because they say something about a person, separated by commas. */
  omittedfields?: string;
}>;

/** Whether those who get the envelope may be told what says something about a person. */
export type PersonalFields = 'included' | 'omitted';

/** What all envelopes of one publisher share. */
export type EnvelopeOrigin = Readonly<{
  /** What tells this installation from others: an absolute URI, or a path. */
  installation: string;
  personalFields: PersonalFields;
}>;

const sequenceDigits = 16;
/** The years 0000 to 9999, all that RFC 3339 can write. A clock beyond them is told as the nearest of them. */
const earliest = -62_167_219_200_000;
const latest = 253_402_300_799_999;

const rfc3339 = (at: Instant): string => new Date(Math.min(Math.max(at, earliest), latest)).toISOString();

/** A visitor's actor holds the address that the visitor came from. */
const withoutPerson = (actor: string): string => (actor.startsWith('visitor:') ? 'visitor' : actor);

/** Names of the fields that are there and personal; of an event nobody knows, all of them. */
const personalFieldsOf = ({ type, data }: RecordedEvent): readonly string[] => {
  if (!isEventType(type)) return Object.keys(data);
  const { personalData }: Readonly<{ personalData: readonly string[] }> = eventCatalogue[type];
  return personalData.filter((field) => Object.hasOwn(data, field));
};

const without = (data: object, fields: readonly string[]): Record<string, unknown> => {
  const rest: Record<string, unknown> = { ...data };
  for (const field of fields) Reflect.deleteProperty(rest, field);
  return rest;
};

/** The event in its envelope: the same event and origin, the same envelope. */
export const cloudEventOf = (event: RecordedEvent, { installation, personalFields }: EnvelopeOrigin): CloudEvent => {
  const { meta } = event;
  const omitted = personalFields === 'included' ? [] : personalFieldsOf(event);
  return {
    specversion: '1.0',
    id: event.id,
    source: `${installation}/${meta.merchantId}`,
    type: `trunkline.${event.type}.v${event.schemaVersion}`,
    subject: meta.contactId ?? event.stream,
    time: rfc3339(meta.occurredAt),
    datacontenttype: 'application/json',
    data: omitted.length === 0 ? (event.data as Record<string, unknown>) : without(event.data, omitted),
    merchantid: meta.merchantId,
    stream: event.stream,
    revision: event.revision,
    sequence: String(event.position).padStart(sequenceDigits, '0'),
    correlationid: meta.correlationId,
    causationid: meta.causationId,
    recordedtime: rfc3339(event.recordedAt),
    actor: personalFields === 'included' ? meta.actor : withoutPerson(meta.actor),
    ...(omitted.length === 0 ? {} : { omittedfields: omitted.join(',') }),
  };
};

/** An envelope as JSON, with nothing in it but what surrounds the data: for those too large to send. */
export const withoutData = (json: string): string => {
  const { data, omittedfields: before, ...envelope } = JSON.parse(json) as CloudEvent;
  const fields = Object.keys(data);
  if (fields.length === 0) return json;
  const omitted = [...(before?.split(',') ?? []), ...fields].join(',');
  return JSON.stringify({ ...envelope, data: {}, omittedfields: omitted } satisfies CloudEvent);
};
