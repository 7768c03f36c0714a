import type { StreamId } from '#domain/kernel/ids.js';
import type { EventId, Metadata, NewEvent, RecordedEvent } from '#domain/kernel/message.js';
import type { Instant } from '#domain/kernel/time.js';
import { upToDate } from './up-to-date.js';

/** What the log keeps as text of an event: everything that it need not know to find the event again. */
type Body = Readonly<{ id: EventId; schemaVersion: number; meta: Metadata; data: object }>;

/** An event as a log holds it. */
export type StoredEvent = Readonly<{
  position: number;
  stream: StreamId;
  revision: number;
  type: string;
  recordedAt: Instant;
  /** JSON of id, schema version, metadata and data. */
  body: string;
}>;

/** @throws {TypeError} when the event's data cannot be said in JSON */
export const encodeBody = ({ id, schemaVersion, meta, data }: NewEvent): string =>
  JSON.stringify({ id, schemaVersion, meta, data } satisfies Body);

/**
 * The event as it was appended, brought up to date, with its place in the log.
 * @throws {EventStoreFailure} `corrupt` when a newer Trunkline has written it
 */
export const decodeEvent = ({ position, stream, revision, type, recordedAt, body }: StoredEvent): RecordedEvent => {
  const { id, schemaVersion, meta, data } = JSON.parse(body) as Body;
  return upToDate({ type, data, id, stream, revision, position, schemaVersion, recordedAt, meta });
};
