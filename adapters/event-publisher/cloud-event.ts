import { eventCatalogue, isEventType, type EventType } from '#domain/events.js';
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
  /** Fields of `data` that were left out because they say something about a person or are confidential, separated by commas. */
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

/** Writes instants; many events in a row are recorded in one millisecond. */
const instantWriter = (): ((at: Instant) => string) => {
  let last = NaN;
  let text = '';
  return (at) => {
    if (at !== last) {
      last = at;
      text = new Date(Math.min(Math.max(at, earliest), latest)).toISOString();
    }
    return text;
  };
};
const timeOf = instantWriter();
const recordedTimeOf = instantWriter();

/** A visitor's actor holds the address that the visitor came from. */
const withoutPerson = (actor: string): string => (actor.startsWith('visitor:') ? 'visitor' : actor);

/** An address may have a secret in its path, and what keys are known by is nobody else's business either. */
const confidential: Readonly<Partial<Record<EventType, readonly string[]>>> = {
  WebhookDefined: ['url'],
  ApiKeyIssued: ['sha256'],
};

/** Names of the fields that are not told; of an event that nobody knows, all of them. */
const omittedFrom = ({ type, data }: RecordedEvent, personalFields: PersonalFields): readonly string[] => {
  if (!isEventType(type)) return personalFields === 'included' ? [] : Object.keys(data);
  const personal = personalFields === 'included' ? [] : eventCatalogue[type].personalData;
  return [...personal, ...(confidential[type] ?? [])];
};

type Data = Readonly<Record<string, unknown>>;

/** The data without those fields, and the names of those that were there. (No `delete`: it makes objects slow to write.) */
const without = (data: Data, fields: readonly string[]): Readonly<{ rest: Data; omitted: readonly string[] }> => {
  const rest: Record<string, unknown> = {};
  const omitted: string[] = [];
  for (const name of Object.keys(data)) {
    if (fields.includes(name)) omitted.push(name);
    else rest[name] = data[name];
  }
  return { rest, omitted };
};

/** What of an event is told to whom. */
const toldOf = (event: RecordedEvent, { personalFields }: EnvelopeOrigin) => {
  const data = event.data as Data;
  const unsaid = omittedFrom(event, personalFields);
  const { rest, omitted } = unsaid.length === 0 ? { rest: data, omitted: [] } : without(data, unsaid);
  const { actor } = event.meta;
  return { rest, omitted: omitted.join(','), actor: personalFields === 'included' ? actor : withoutPerson(actor) };
};

const sequenceOf = ({ position }: RecordedEvent): string => String(position).padStart(sequenceDigits, '0');

/** The event in its envelope: the same event and origin, the same envelope. */
export const cloudEventOf = (event: RecordedEvent, origin: EnvelopeOrigin): CloudEvent => {
  const { meta } = event;
  const { rest, omitted, actor } = toldOf(event, origin);
  return {
    specversion: '1.0',
    id: event.id,
    source: `${origin.installation}/${meta.merchantId}`,
    type: `trunkline.${event.type}.v${event.schemaVersion}`,
    subject: meta.contactId ?? event.stream,
    time: timeOf(meta.occurredAt),
    datacontenttype: 'application/json',
    data: rest,
    merchantid: meta.merchantId,
    stream: event.stream,
    revision: event.revision,
    sequence: sequenceOf(event),
    correlationid: meta.correlationId,
    causationid: meta.causationId,
    recordedtime: recordedTimeOf(event.recordedAt),
    actor,
    ...(omitted === '' ? {} : { omittedfields: omitted }),
  };
};

/** An envelope as JSON, with nothing in it but what surrounds the data: for those too large to send. */
export const withoutData = (envelopeJson: string): string => {
  const { data, omittedfields: before, ...envelope } = JSON.parse(envelopeJson) as CloudEvent;
  const fields = Object.keys(data);
  if (fields.length === 0) return envelopeJson;
  const omitted = [...(before?.split(',') ?? []), ...fields].join(',');
  return JSON.stringify({ ...envelope, data: {}, omittedfields: omitted } satisfies CloudEvent);
};
