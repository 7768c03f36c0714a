import { setTimeout as pause } from 'node:timers/promises';
import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { BatchAppendReq, BatchAppendResp, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import {
  Metadata,
  Server,
  ServerCredentials,
  status,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import type { Clock } from '#domain/contracts/clock.js';
import { openLink, type Link } from './link.js';
import {
  answerTo,
  checkpoint,
  clusterOf,
  confirmation,
  eventMessage,
  notReady,
  proposalIn,
  readingIn,
  streamNotFound,
  type Reading,
} from './messages.js';
import { ServerLog, type ServerEvent } from './server-log.js';

/** What happens to the next appends, one after the other; `undefined`: nothing out of the ordinary. */
export type Mishap = 'dies-before-write' | 'dies-after-write' | 'not-ready' | 'never-answers';

export type FakeEventStoreDb = Readonly<{
  connectionString: string;
  discoverString: string;
  log: ServerLog;
  link: Link;
  /** Every append waits so long for its answer (ms). */
  delay: (milliseconds: number) => void;
  /** What befalls the next appends. */
  befall: (...mishaps: readonly (Mishap | undefined)[]) => void;
  /** Another process on the same disk: connections break, what was only in memory is gone. */
  restart: () => Promise<void>;
  /** It follows another server now, and sends those there who want the leader. */
  follow: (leader: FakeEventStoreDb) => void;
  /** How many appends have come, however they ended. */
  appendsSeen: () => number;
  /** Streams of events that are being followed now. */
  followers: () => number;
  /** After which position the last one that came asked to follow. */
  followedFrom: () => number | 'start' | 'end';
  stop: () => Promise<void>;
}>;

const { StreamsService } = streamsGrpc;
const { GossipService } = gossipGrpc;
/** Events looked through in vain after which a follower is told how far the server has come. */
const checkpointAfter = 100;

/** The events that a reading begins with. @throws {RangeError} when it begins inside of an event */
const eventsFor = (log: ServerLog, { stream, from, backwards, matches }: Reading): readonly ServerEvent[] => {
  const all = stream === undefined ? log.events : log.streamOf(stream);
  const placeOf = ({ revision, position }: ServerEvent): number => (stream === undefined ? position : revision);
  if (typeof from === 'number' && stream === undefined && !all.some(({ position }) => position === from)) {
    throw new RangeError('Invalid position');
  }
  const ordered = backwards ? [...all].reverse() : all;
  const begins = (event: ServerEvent): boolean =>
    typeof from !== 'number' || (backwards ? placeOf(event) <= from : placeOf(event) >= from);
  return ordered.filter((event) => begins(event) && matches(event));
};

/** Hands over what there is and then what comes, no faster than it is taken. */
const followLog = (log: ServerLog, { from, matches }: Reading, call: ServerWritableStream<ReadReq, ReadResp>): void => {
  let next = typeof from === 'number' ? log.events.findIndex(({ position }) => position > from) : 0;
  if (next < 0) next = log.events.length;
  let inVain = 0;
  let taken = true;
  const send = (response: ReadResp): void => {
    inVain = 0;
    taken = call.write(response);
  };
  const pump = (): void => {
    for (; taken && next < log.events.length; next += 1) {
      const event = log.events[next];
      if (event && matches(event)) send(eventMessage(event));
      else inVain += 1;
      if (event && inVain >= checkpointAfter) send(checkpoint(event.position));
    }
  };
  const forget = log.onWritten(pump);
  call.on('drain', () => {
    taken = true;
    pump();
  });
  call.on('cancelled', forget);
  call.on('error', forget);
  call.write(confirmation());
  pump();
};

/**
 * A server that speaks EventStoreDB's protocol, built from the service descriptors of EventStoreDB's own client, with a
 * log in memory. It follows the documented rules: expected revisions, repeated appends, inclusive readings and exclusive
 * subscriptions, filters, the largest append. What it cannot prove: that a real server keeps these rules, that it has
 * written to a disk what it acknowledges, that it survives a change of leader, and that it checks users and certificates.
 * For these there is `TRUNKLINE_TEST_ESDB`.
 */
export const startFakeEventStoreDb = async (clock: Clock): Promise<FakeEventStoreDb> => {
  const log = new ServerLog(clock);
  const mishaps: (Mishap | undefined)[] = [];
  let [appends, followers, delay, port] = [0, 0, 0, 0];
  let followedFrom: Reading['from'] = 'start';
  const link = await openLink(() => port);

  let leader: FakeEventStoreDb | undefined;
  const sentToLeader = (call: Pick<ServerWritableStream<ReadReq, ReadResp>, 'emit'>): boolean => {
    if (!leader) return false;
    const metadata = new Metadata();
    metadata.set('exception', 'not-leader');
    metadata.set('leader-endpoint-host', '127.0.0.1');
    metadata.set('leader-endpoint-port', String(leader.link.port));
    call.emit('error', { code: status.NOT_FOUND, details: 'Leader info available', metadata });
    return true;
  };

  const read = (call: ServerWritableStream<ReadReq, ReadResp>): void => {
    if (sentToLeader(call)) return;
    const reading = readingIn(call.request);
    if (reading.count === undefined) {
      followers += 1;
      followedFrom = reading.from;
      call.on('close', () => (followers -= 1));
      followLog(log, reading, call);
      return;
    }
    try {
      const { stream, count } = reading;
      if (stream !== undefined && log.streamOf(stream).length === 0) call.write(streamNotFound(stream));
      for (const event of eventsFor(log, reading).slice(0, count)) call.write(eventMessage(event));
      call.end();
    } catch (thrown) {
      call.emit('error', { code: status.INVALID_ARGUMENT, details: String(thrown) });
    }
  };

  const answer = async (
    call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>,
    messages: readonly BatchAppendReq[],
  ): Promise<void> => {
    const proposal = proposalIn(messages);
    const id = messages[0]?.getCorrelationId();
    appends += 1;
    const mishap = mishaps.shift();
    if (mishap === 'dies-before-write') link.drop();
    if (mishap === 'not-ready') call.write(notReady(id));
    if (mishap !== undefined && mishap !== 'dies-after-write') return;
    const result = log.append(proposal);
    if (delay > 0) await pause(delay);
    if (mishap === 'dies-after-write') link.drop();
    else call.write(answerTo(id, proposal.stream, result));
  };

  const batchAppend = (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void => {
    if (sentToLeader(call)) return;
    const unfinished = new Map<string, BatchAppendReq[]>();
    call.on('data', (message: BatchAppendReq) => {
      const id = message.getCorrelationId()?.getString() ?? '';
      const messages = [...(unfinished.get(id) ?? []), message];
      unfinished.set(id, messages);
      if (!message.getIsFinal()) return;
      unfinished.delete(id);
      void answer(call, messages);
    });
    call.on('error', () => undefined);
    call.on('end', () => {
      call.end();
    });
  };

  const start = async (): Promise<Server> => {
    const server = new Server({ 'grpc.max_receive_message_length': 4 * 1024 * 1024 });
    // The rest of the service is none of what Trunkline asks for.
    server.addService({ read: StreamsService.read, batchAppend: StreamsService.batchAppend }, { read, batchAppend });
    server.addService(GossipService, {
      read: (_call: unknown, callback: sendUnaryData<ReturnType<typeof clusterOf>>) => {
        callback(null, clusterOf(link.port));
      },
    });
    port = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
        if (error) reject(error);
        else resolve(bound);
      });
    });
    return server;
  };
  let server = await start();

  return {
    connectionString: `esdb://127.0.0.1:${link.port}?tls=false`,
    discoverString: `esdb+discover://127.0.0.1:${link.port}?tls=false`,
    log,
    link,
    delay: (milliseconds) => {
      delay = milliseconds;
    },
    befall: (...next) => {
      mishaps.push(...next);
    },
    restart: async () => {
      await link.cut();
      server.forceShutdown();
      log.forget();
      server = await start();
      await link.mend();
    },
    follow: (other) => {
      leader = other;
    },
    appendsSeen: () => appends,
    followers: () => followers,
    followedFrom: () => followedFrom,
    stop: async () => {
      await link.cut();
      server.forceShutdown();
    },
  };
};
