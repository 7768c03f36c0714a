import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { BatchAppendReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { StreamId } from '#domain/kernel/ids.js';
import type { Metadata, NewEvent, RecordedEvent } from '#domain/kernel/message.js';
import { instant, type Instant } from '#domain/kernel/time.js';
import { upToDate } from '../up-to-date.js';
import { corrupt } from './eventstoredb-failure.js';
import { ulidOf, uuidOf } from './event-ids.js';
import { safeNumber, uuidMessage } from './wire.js';

type ProposedMessage = InstanceType<typeof BatchAppendReq.ProposedMessage>;
type WireEvent = NonNullable<ReturnType<NonNullable<ReturnType<ReadResp['getEvent']>>['getEvent']>>;

/**
 * An event's metadata as any tool on the server can read it; `$correlationId` and `$causationId` are the names that
 * EventStoreDB's own projections look for. `recordedNotBefore`: when the event before it was recorded, as far as known.
 */
type StoredMetadata = Readonly<{
  $correlationId: string;
  $causationId: string;
  schemaVersion: number;
  recordedNotBefore: Instant;
}> &
  Omit<Metadata, 'correlationId' | 'causationId'>;

/** Numbers of .NET count tenths of microseconds. */
const ticksPerMillisecond = 10_000n;

/** An event as it was when it was handed over; `size` in bytes, about as the server counts them. */
export type EncodedEvent = Readonly<{
  uuid: string;
  size: number;
  /** As it is sent. */
  message: (recordedNotBefore: Instant) => ProposedMessage;
}>;

/** @throws {TypeError} when the event's data cannot be said in JSON */
export const encodeEvent = ({ id, type, schemaVersion, data, meta }: NewEvent): EncodedEvent => {
  const { correlationId, causationId, ...others } = meta;
  const named = { ...others, $correlationId: correlationId, $causationId: causationId, schemaVersion };
  const body = Buffer.from(JSON.stringify(data));
  const uuid = uuidOf(id);
  return {
    uuid,
    size: body.length + Buffer.byteLength(JSON.stringify(named)) + 2 * type.length,
    message: (recordedNotBefore) => {
      const message = new streamsPb.BatchAppendReq.ProposedMessage();
      message.setId(uuidMessage(uuid));
      message.getMetadataMap().set('type', type).set('content-type', 'application/json');
      message.setData(body);
      const stored: StoredMetadata = { ...named, recordedNotBefore };
      message.setCustomMetadata(Buffer.from(JSON.stringify(stored)));
      return message;
    },
  };
};

export const streamOf = (event: WireEvent): string =>
  Buffer.from(event.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8');

export const typeOf = (event: WireEvent): string => event.getMetadataMap().get('type') ?? '';

export const positionOf = (event: WireEvent): number => safeNumber('position', event.getCommitPosition());

const jsonIn = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString('utf8'));

const createdAt = (event: WireEvent): number =>
  Number(BigInt(event.getMetadataMap().get('created') ?? 0) / ticksPerMillisecond);

const decode = (event: WireEvent, stream: string): RecordedEvent => {
  const stored = jsonIn(event.getCustomMetadata_asU8()) as StoredMetadata;
  const { $correlationId, $causationId, schemaVersion, recordedNotBefore, ...others } = stored;
  return {
    type: typeOf(event),
    data: jsonIn(event.getData_asU8()) as object,
    id: ulidOf(event.getId()?.getString() ?? ''),
    stream: stream as StreamId,
    revision: safeNumber('revision', event.getStreamRevision()),
    position: positionOf(event),
    schemaVersion,
    recordedAt: instant(Math.max(createdAt(event), recordedNotBefore)),
    meta: { ...others, correlationId: $correlationId, causationId: $causationId },
  };
};

/**
 * The event as it was appended, brought up to date, with its place in the log. `stream`: its name without our namespace.
 * @throws {EventStoreFailure} `corrupt` when it is none of ours, or a newer Trunkline has written it
 */
export const decodeWireEvent = (event: WireEvent, stream: string): RecordedEvent => {
  const where = `event ${event.getStreamRevision()} of the stream ${stream}`;
  let decoded;
  try {
    decoded = decode(event, stream);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw corrupt(`${where} is none of Trunkline’s (${why}); give Trunkline a namespace of its own on this server`);
  }
  if (typeof decoded.meta.merchantId === 'string' && Number.isFinite(decoded.recordedAt)) return upToDate(decoded);
  throw corrupt(`${where} is none of Trunkline’s; give Trunkline a namespace of its own on this server`);
};
