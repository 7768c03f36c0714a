import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import type { Clock } from '#domain/contracts/clock.js';
import { EventStoreFailure } from '#domain/contracts/event-store.js';
import { openness } from '../openness.js';
import { openSqliteStore } from '../sqlite/open-sqlite-store.js';
import type { Store } from '../store.js';
import { subscriptionsTo } from '../subscriptions.js';
import { appendGate } from './append-gate.js';
import { appendLine } from './append-line.js';
import { displayName, readConnectionString, type EsdbConnection } from './connection-string.js';
import { connectionTo } from './connection.js';
import { eventStoreDbEventStore } from './eventstoredb.event-store.js';
import { knownEnd } from './known-end.js';
import { logReader, pageSize } from './log-reader.js';
import { followTail } from './log-tail.js';
import { ourStreams } from './our-streams.js';
import { ordinaryPatience, type Patience } from './patience.js';
import { recentEvents } from './recent-events.js';
import { recordedTimes } from './recorded-times.js';
import { sureAppend } from './sure-append.js';

export type EventStoreDbSettings = Readonly<{
  /** `esdb://…` or `esdb+discover://…`; may hold a password. */
  connectionString: string;
  /** Folder of what is remembered beside the log: consumers' checkpoints and the effect ledger. */
  data: string;
  clock: Clock;
  /** How long an append or a reading waits for a server that is away. */
  patience?: Patience;
  /** Milliseconds without an answer after which a line to the server is taken to be dead. */
  answerWithin?: number;
}>;

const ordinaryAnswerWithin = 5_000;

/** Not the name of an embedded log: nobody shall take it for one. Each namespace has its own. */
const sideFile = ({ namespace }: EsdbConnection): string => `beside-eventstoredb-${namespace}db`;

/** The log alone, joined from its parts. */
const openLog = async (address: EsdbConnection, settings: EventStoreDbSettings) => {
  const { clock, patience = ordinaryPatience, answerWithin = ordinaryAnswerWithin } = settings;
  const server = displayName(address);
  const ours = ourStreams(address.namespace);
  const [reading, writing] = [connectionTo(address), connectionTo(address)];
  const stopping = new AbortController();
  const closing = stopping.signal;
  // As many may wait for the server as there are readers.
  setMaxListeners(0, closing);

  const reader = logReader({ connection: reading, ours, server, patience, closing });
  const disconnect = async (): Promise<void> => {
    stopping.abort();
    await Promise.all([reading.close(), writing.close()]);
  };
  const ends = async () => ({ ofServer: await reader.endOfServer(), ofLog: await reader.last() });
  const { ofServer, ofLog } = await ends().catch(async (thrown: unknown) => {
    await disconnect();
    throw thrown;
  });

  const recent = recentEvents(ofLog, ours);
  const times = recordedTimes(clock);
  const end = knownEnd(recent);
  let ended: EventStoreFailure | undefined;
  const subscriptions = subscriptionsTo({
    last: end.last,
    pageAfter: async (position, filter) => {
      if (position >= recent.last()) await end.news(position);
      if (position >= recent.last() && ended) throw ended;
      const page = recent.pageAfter(position, filter, pageSize);
      return page ?? reader.pageAfter(position, recent.last(), filter, pageSize);
    },
  });
  const tail = followTail({
    connection: reading,
    ours,
    server,
    patience,
    closing,
    after: Math.max(ofServer, ofLog),
    onEvent: (event, size) => {
      recent.add(event, size);
      times.seen(event.recordedAt);
      end.came();
      subscriptions.wake();
    },
    onFailure: (failure) => {
      ended = failure;
      subscriptions.end(failure);
    },
  });

  const line = appendLine(writing, server, answerWithin);
  const gate = appendGate(server);
  const parts = {
    ours,
    reader,
    end,
    gate,
    times,
    subscriptions,
    sureAppend: sureAppend({ line, reader, server, patience }),
  };
  return {
    parts,
    close: async (): Promise<void> => {
      subscriptions.end();
      await gate.empty();
      await disconnect();
      await tail;
    },
  };
};

/**
 * The log on EventStoreDB, and beside it, in a file of this machine, what consumers have dealt with.
 * @throws {ConnectionStringError}
 * @throws {EventStoreFailure} when the server or the file cannot be had
 */
export const openEventStoreDbStore = async (settings: EventStoreDbSettings): Promise<Store> => {
  const address = readConnectionString(settings.connectionString);
  const side = await openSqliteStore({ file: join(settings.data, sideFile(address)), clock: settings.clock });
  const log = await openLog(address, settings).catch(async (thrown: unknown) => {
    await side.close();
    throw thrown instanceof EventStoreFailure ? thrown : new EventStoreFailure('io', String(thrown));
  });
  const open = openness();
  let closing: Promise<void> | undefined;
  const shutDown = async (): Promise<void> => {
    open.end();
    await log.close();
    await side.close();
  };
  const close = (): Promise<void> => (closing ??= shutDown());
  return {
    events: eventStoreDbEventStore({ ...log.parts, open, close }),
    effects: side.effects,
    checkpoints: side.checkpoints,
    close,
  };
};
