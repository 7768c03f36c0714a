import { randomUUID } from 'node:crypto';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ExpectedRevision } from '#domain/contracts/event-store.js';
import { readReply, type AppendReply } from './append-reply.js';
import type { Connection } from './connection.js';
import type { EncodedEvent } from './event-encoding.js';
import { failureOf, isPassing, reasonIn } from './eventstoredb-failure.js';
import type { LogClient } from './log-client.js';
import { streamIdentifier, uuidMessage } from './wire.js';

/** An append as it is sent. `stream`: its name on the server. */
export type SentAppend = Readonly<{
  stream: string;
  expected: ExpectedRevision;
  events: readonly SentEvent[];
}>;

/** The same message each time it is sent. `size` in bytes. */
export type SentEvent = Readonly<{ uuid: string; size: number; message: ReturnType<EncodedEvent['message']> }>;

/** Sends appends; each try is answered once. */
export type AppendLine = Readonly<{
  send: (append: SentAppend) => Promise<AppendReply>;
}>;

type Settle = (reply: AppendReply) => void;
type Wire = Awaited<ReturnType<LogClient['batchAppend']>>;
type Opened = {
  readonly client: LogClient;
  readonly wire: Wire;
  readonly waiting: Map<string, Readonly<{ stream: string; settle: Settle }>>;
  broken: boolean;
};

/** gRPC servers take messages of up to 4 MB unless told otherwise. */
const bytesPerMessage = 2 * 1024 * 1024;

/** Nothing, of protobuf's own package: the generated code wants it here and does not hand it out (field 4, empty). */
const protobufNothing = () => streamsPb.BatchAppendReq.Options.deserializeBinary(Uint8Array.of(0x22, 0)).getAny();

const optionsFor = ({ stream, expected }: SentAppend) => {
  const options = new streamsPb.BatchAppendReq.Options();
  options.setStreamIdentifier(streamIdentifier(stream));
  if (expected === 'any') options.setAny(protobufNothing());
  else if (expected === 'no-stream') options.setNoStream(protobufNothing());
  else options.setStreamPosition(String(expected));
  return options;
};

/** The server puts together again what is sent in parts, and writes all of it or nothing. */
const messagesOf = (append: SentAppend, correlationId: string): readonly BatchAppendReq[] => {
  const messages: BatchAppendReq[] = [];
  let bytes = Infinity;
  for (const { message, size } of append.events) {
    if (bytes + size > bytesPerMessage) {
      const next = new streamsPb.BatchAppendReq();
      next.setCorrelationId(uuidMessage(correlationId));
      if (messages.length === 0) next.setOptions(optionsFor(append));
      messages.push(next);
      bytes = 0;
    }
    messages.at(-1)?.addProposedMessages(message);
    bytes += size;
  }
  messages.at(-1)?.setIsFinal(true);
  return messages;
};

/**
 * One line to the server that all appends share; their answers come back in any order. It is opened when there is
 * something to send and again after it broke.
 * @param server its address, for messages
 * @param answerWithin milliseconds without an answer after which the line is taken to be dead
 */
export const appendLine = (connection: Connection, server: string, answerWithin: number): AppendLine => {
  let line: Promise<Opened> | undefined;

  const breakOff = (opened: Opened, thrown: unknown): void => {
    if (opened.broken) return;
    opened.broken = true;
    connection.renew(opened.client, thrown);
    const reply: AppendReply = isPassing(thrown)
      ? { reply: 'unknown', why: reasonIn(thrown) }
      : { reply: 'refused', failure: failureOf(server, thrown) };
    for (const { settle } of opened.waiting.values()) settle(reply);
    opened.waiting.clear();
  };

  const take = (opened: Opened, response: BatchAppendResp): void => {
    const id = response.getCorrelationId()?.getString() ?? '';
    const waiter = opened.waiting.get(id);
    if (!waiter) return;
    opened.waiting.delete(id);
    try {
      waiter.settle(readReply(response, waiter.stream));
    } catch (thrown) {
      waiter.settle({ reply: 'refused', failure: failureOf(server, thrown) });
    }
  };

  const open = async (): Promise<Opened> => {
    const client = connection.client();
    try {
      const wire = await client.batchAppend();
      const opened: Opened = { client, wire, waiting: new Map(), broken: false };
      wire.on('data', (response: BatchAppendResp) => {
        take(opened, response);
      });
      wire.on('error', (error) => {
        breakOff(opened, error);
      });
      wire.on('end', () => {
        breakOff(opened, new Error('the server ended the line'));
      });
      return opened;
    } catch (thrown) {
      connection.renew(client, thrown);
      throw thrown;
    }
  };

  /** The line that is open, or a new one. */
  const opened = async (): Promise<Opened> => {
    const known = await line?.catch(() => undefined);
    if (known && !known.broken) return known;
    const next = open();
    line = next;
    return next;
  };

  const sendOn = (on: Opened, append: SentAppend): Promise<AppendReply> =>
    new Promise((resolve) => {
      const id = randomUUID();
      const late = setTimeout(() => {
        breakOff(on, new Error(`it has not answered for ${answerWithin} ms`));
      }, answerWithin);
      const settle = (reply: AppendReply): void => {
        clearTimeout(late);
        resolve(reply);
      };
      on.waiting.set(id, { stream: append.stream, settle });
      for (const message of messagesOf(append, id)) on.wire.write(message);
    });

  return {
    send: async (append) => {
      try {
        return await sendOn(await opened(), append);
      } catch (thrown) {
        return isPassing(thrown)
          ? { reply: 'not-now', why: reasonIn(thrown) }
          : { reply: 'refused', failure: failureOf(server, thrown) };
      }
    },
  };
};
