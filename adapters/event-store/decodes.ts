import type { z } from 'zod';
import { eventCatalogue, isEventType, type EventType } from '#domain/events.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { upcast } from '#domain/upcasters/upcasters.js';
import { eventSchemas } from './schemas/event-schemas.js';

/** Sealed fields say nothing until they are opened; what stands beside them has the form of an event all the same. */
const inTheClear = (data: object): object => {
  const { sealed, ...clear } = (data as Readonly<Record<string, unknown>> | null) ?? {};
  return sealed === undefined ? data : clear;
};

const wrongWith = (issue: z.core.$ZodIssue): string => {
  const what = issue.code.replaceAll('_', ' ');
  return issue.code === 'unrecognized_keys' ? `${what}: ${issue.keys.join(', ')}` : what;
};

/** Names fields and what is wrong with them, never what they hold. */
const complaint = ({ issues }: z.ZodError): string =>
  issues.map((issue) => `${['data', ...issue.path].join('.')} (${wrongWith(issue)})`).join(', ');

const complaintOf = (type: EventType, version: number, data: object): string | undefined => {
  const schema: z.ZodType | undefined = eventSchemas[type][version - 1];
  const parsed = schema?.safeParse(data);
  return parsed?.success === false ? complaint(parsed.error) : undefined;
};

/**
 * Why an event of the log cannot be understood, in words for the operator; nothing when it can. Its data must have the form
 * of the version that it was recorded under, and the form of today once it has been brought up to date. Data may be sealed
 * or opened. Far slower than reading: for tools that check.
 */
export const decodes = ({ type, schemaVersion, data }: RecordedEvent): string | undefined => {
  if (!isEventType(type)) return `no event is called ${type}`;
  const now = eventCatalogue[type].schemaVersion;
  if (!Number.isInteger(schemaVersion) || schemaVersion < 1) return `${type} has no version ${schemaVersion}`;
  if (schemaVersion > now) return `${type} is known up to version ${now}, this is version ${schemaVersion}`;
  const clear = inTheClear(data);
  const asRecorded = complaintOf(type, schemaVersion, clear);
  if (asRecorded !== undefined) return `${type} of version ${schemaVersion} is not as it should be: ${asRecorded}`;
  if (schemaVersion === now) return undefined;
  const asOfToday = complaintOf(type, now, upcast(type, clear, schemaVersion));
  return asOfToday === undefined ? undefined : `${type} cannot be brought up to version ${now}: ${asOfToday}`;
};
