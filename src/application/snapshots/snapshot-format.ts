import { DefaultSerializer, deserialize } from 'node:v8';
import { projections } from '../live-views.js';
import type { LogState } from '../log-state.js';
import { streamLives } from '../stream-lives.js';

/** Raised with each change of the layout below. */
const format = 1;

/** What a snapshot was made of. */
export type SnapshotOrigin = Readonly<{
  /** Id of the log's first event: tells one log from another. */
  log: string;
  position: number;
  /** Id of the event there: a log that was put back to an older state and has gone on differs in it. */
  eventId: string;
}>;

type Header = SnapshotOrigin & Readonly<{ format: number; madeBy: string }>;
type Body = Pick<LogState, 'folds' | 'streams'>;

/** Every view and decider that a snapshot holds the work of, with its version. */
const makers = (): string =>
  [
    ...Object.values(projections).map(({ name, version }) => `${name} ${version}`),
    ...Object.entries(streamLives).map(([category, life]) => `${category} ${life.goes === 'on' ? life.version : '-'}`),
  ].join(', ');

const headerLengthBytes = 4;

/**
 * V8's own serialisation: faithful to maps, sets, `undefined` and what is shared, and several times faster than anything
 * written in JavaScript. Its format is versioned; newer Node.js reads older ones (20 to 24 write the same), and one that
 * cannot be read is a snapshot that is not used.
 */
export const encodeSnapshot = ({ folds, streams, position, eventId }: LogState, log: string): Uint8Array => {
  const header = Buffer.from(JSON.stringify({ format, madeBy: makers(), log, position, eventId } satisfies Header));
  const length = Buffer.alloc(headerLengthBytes);
  length.writeUInt32LE(header.length);
  const serializer = new DefaultSerializer();
  serializer.writeRawBytes(length);
  serializer.writeRawBytes(header);
  serializer.writeHeader();
  serializer.writeValue({ folds, streams } satisfies Body);
  return serializer.releaseBuffer();
};

const headerIn = (bytes: Buffer): Header =>
  JSON.parse(bytes.subarray(headerLengthBytes, headerLengthBytes + bytes.readUInt32LE()).toString()) as Header;

/** Why this snapshot cannot be used with that log; `undefined` when it can. @param eventAt id of the log's event there */
export const unfitness = (bytes: Uint8Array, log: string, eventAt: string | undefined): string | undefined => {
  const header = headerIn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (header.format !== format) return `it has layout ${header.format}, not ${format}`;
  if (header.madeBy !== makers()) return 'it was made by another version of the program';
  if (header.log !== log) return 'it was made of another log';
  if (header.eventId !== eventAt) return 'the log has gone another way since: was it restored from a backup?';
  return undefined;
};

/** A new copy of the state each time. @throws {Error} when this Node.js cannot read it */
export const decodeSnapshot = (bytes: Uint8Array): LogState => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { position, eventId } = headerIn(buffer);
  const body = deserialize(buffer.subarray(headerLengthBytes + buffer.readUInt32LE())) as Body;
  return { ...body, position, eventId };
};
