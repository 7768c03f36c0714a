import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { EventStoreFailure } from '#domain/contracts/event-store.js';
import { safeNumber } from './wire.js';

/** What has become of an append, as far as one try can tell. */
export type AppendReply =
  /** `position`: of its last event, where the server says it. */
  | Readonly<{ reply: 'written'; revision: number; position: number | undefined }>
  /** Nothing was written. `actual`: the stream's last revision. */
  | Readonly<{ reply: 'conflict'; actual: number | 'no-stream' }>
  /** It will not be written, however often it is tried. */
  | Readonly<{ reply: 'refused'; failure: EventStoreFailure }>
  /** It was not written, and may be later. */
  | Readonly<{ reply: 'not-now'; why: string }>
  /** Written or not: nobody has said. */
  | Readonly<{ reply: 'unknown'; why: string }>;

type ErrorStatus = NonNullable<ReturnType<BatchAppendResp['getError']>>;

const named = (name: string): string => `event_store.client.${name}`;
const refused = (why: string): AppendReply => ({ reply: 'refused', failure: new EventStoreFailure('io', why) });

/** The server's number for “there is no such stream”, where it uses one: all bits set. */
const noRevision = '18446744073709551615';

const conflictIn = (details: NonNullable<ReturnType<ErrorStatus['getDetails']>>): AppendReply => {
  const { WrongExpectedVersion } = sharedPb;
  const wrong = details.unpack((bytes) => WrongExpectedVersion.deserializeBinary(bytes), named('WrongExpectedVersion'));
  const current = wrong?.hasCurrentStreamRevision() === true ? wrong.getCurrentStreamRevision() : noRevision;
  return { reply: 'conflict', actual: current === noRevision ? 'no-stream' : safeNumber('revision', current) };
};

const errorReply = (error: ErrorStatus, stream: string): AppendReply => {
  const details = error.getDetails();
  const message = error.getMessage();
  if (!details) return { reply: 'unknown', why: message };
  switch (details.getTypeName()) {
    case named('WrongExpectedVersion'):
      return conflictIn(details);
    case named('StreamDeleted'):
      return refused(`the stream ${stream} was deleted on the server`);
    case named('AccessDenied'):
      return refused(`the server denies writing to ${stream}`);
    case named('MaximumAppendSizeExceeded'):
      return refused(`the server takes no append as large as this one to ${stream}: see its MaxAppendSize`);
    case named('BadRequest'):
    case named('InvalidTransaction'):
      return refused(`the server refuses the append to ${stream}: ${message}`);
    // Sent while it starts, is overloaded or has no leader: the write was never begun.
    case 'google.protobuf.Empty':
      return { reply: 'not-now', why: message };
    // Its own time ran out, or something that this version does not know.
    default:
      return { reply: 'unknown', why: message === '' ? 'it did not finish in time' : message };
  }
};

/** Reads the server's answer to one append. */
export const readReply = (response: BatchAppendResp, stream: string): AppendReply => {
  const error = response.getError();
  if (error) return errorReply(error, stream);
  const success = response.getSuccess();
  if (success?.hasCurrentRevision() !== true) return { reply: 'unknown', why: 'its answer says nothing' };
  const position = success.getPosition()?.getCommitPosition();
  return {
    reply: 'written',
    revision: safeNumber('revision', success.getCurrentRevision()),
    // Of an append that it has seen before, the server does not tell where it is.
    position: position === undefined || position === noRevision ? undefined : safeNumber('position', position),
  };
};
