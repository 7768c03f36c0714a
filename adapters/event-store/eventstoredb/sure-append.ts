import { EventStoreFailure, type AppendResult } from '#domain/contracts/event-store.js';
import type { StreamId } from '#domain/kernel/ids.js';
import type { AppendReply } from './append-reply.js';
import type { AppendLine, SentAppend } from './append-line.js';
import { ulidOf } from './event-ids.js';
import { pageSize, type LogReader } from './log-reader.js';
import { pauseBefore, waitFor, type Patience } from './patience.js';

type Parts = Readonly<{
  line: AppendLine;
  reader: LogReader;
  /** The server's address, for messages. */
  server: string;
  patience: Patience;
}>;

/** Appends, and finds out what became of it when the connection breaks in between. */
export type SureAppend = (stream: StreamId, append: SentAppend) => Promise<AppendResult>;

type Try = Readonly<{ sent: SentAppend; doubtful: boolean; anywhere: boolean }>;
type Appended = Extract<AppendResult, { outcome: 'appended' }>;

/**
 * An append is sent until somebody says what became of it. That it may be sent again rests on what EventStoreDB promises:
 * events that are appended again with the same ids and at the same revision are not written twice, and the answer is as if
 * it had been the first time. For an append at any revision it does not promise that, so before such a one is sent again,
 * the stream is searched for it, and its place is then fixed to the end that was seen.
 */
export const sureAppend = ({ line, reader, server, patience }: Parts): SureAppend => {
  const appendedAs = async (stream: StreamId, revision: number, position: number | undefined): Promise<Appended> => {
    if (position !== undefined) return { outcome: 'appended', revision, position };
    const [event] = await reader.streamPage(stream, revision, 1);
    if (event) return { outcome: 'appended', revision, position: event.position };
    throw new EventStoreFailure(
      'io',
      `EventStoreDB at ${server} does not find the event it has just written to ${stream}`,
    );
  };

  /** Where the append is in the stream, from a revision on. */
  const find = async (stream: StreamId, append: SentAppend, from: number): Promise<Appended | undefined> => {
    const [first, last] = [append.events[0], append.events.at(-1)].map((event) => event && ulidOf(event.uuid));
    let found = false;
    for (let next = from; ;) {
      const page = await reader.streamPage(stream, next, pageSize);
      found ||= page.some(({ id }) => id === first);
      const event = found ? page.find(({ id }) => id === last) : undefined;
      if (event) return { outcome: 'appended', revision: event.revision, position: event.position };
      if (page.length < pageSize) return undefined;
      next += page.length;
    }
  };

  const headOf = async (stream: StreamId): Promise<number | 'no-stream'> =>
    (await reader.head(stream))?.revision ?? 'no-stream';

  /** An append at any revision that may have been written: it is there, or it is to be sent for this place only. */
  const placed = async (stream: StreamId, append: SentAppend): Promise<Appended | SentAppend> => {
    const expected = await headOf(stream);
    return (await find(stream, append, 0)) ?? { ...append, expected };
  };

  const conflict = async (stream: StreamId, { expected }: SentAppend, actual: number | 'no-stream') =>
    // What was refused cannot be what was expected; then the server has not said where the stream ends.
    ({ outcome: 'conflict', actual: actual === expected ? await headOf(stream) : actual }) as const;

  const tooLate = (why: string, doubtful: boolean): EventStoreFailure => {
    const known = doubtful ? 'has not said whether it took the append' : 'has not taken the append';
    return new EventStoreFailure('io', `EventStoreDB at ${server} ${known} within ${patience.bound / 1000} s: ${why}`);
  };

  /** What the answer settles; nothing when it is to be tried again. */
  const settled = async (stream: StreamId, { sent, doubtful, anywhere }: Try, reply: AppendReply) => {
    switch (reply.reply) {
      case 'written':
        return appendedAs(stream, reply.revision, reply.position);
      case 'refused':
        throw reply.failure;
      case 'conflict': {
        const from = typeof sent.expected === 'number' ? sent.expected + 1 : 0;
        const found = doubtful ? await find(stream, sent, from) : undefined;
        return found ?? (anywhere ? undefined : conflict(stream, sent, reply.actual));
      }
      case 'unknown':
      case 'not-now':
        return undefined;
    }
  };

  return async (stream, append) => {
    const began = performance.now();
    const anywhere = append.expected === 'any';
    let doubtful = false;
    let sent = append;
    for (let nth = 0; ; nth += 1) {
      const reply = await line.send(sent);
      const result = await settled(stream, { sent, doubtful, anywhere }, reply);
      if (result) return result;
      doubtful ||= reply.reply === 'unknown';
      if (performance.now() - began > patience.bound) {
        throw tooLate('why' in reply ? reply.why : 'it is busy', doubtful);
      }
      await waitFor(pauseBefore(patience, nth));
      const next = doubtful && anywhere ? await placed(stream, append) : sent;
      if ('outcome' in next) return next;
      sent = next;
    }
  };
};
