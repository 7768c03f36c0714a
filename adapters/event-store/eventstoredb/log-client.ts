import { readFileSync } from 'node:fs';
import { EventStoreDBClient } from '@eventstore/db-client';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { EsdbConnection } from './connection-string.js';

const { StreamsClient } = streamsGrpc;
type ClientOptions = ConstructorParameters<typeof EventStoreDBClient>[0];
type Endpoints = { endpoints: { address: string; port: number }[] };

const given = (connection: EsdbConnection, ...keys: readonly (keyof EsdbConnection)[]): object =>
  Object.fromEntries(keys.filter((key) => connection[key] !== undefined).map((key) => [key, connection[key]]));

const whereFrom = ({ discover, hosts }: EsdbConnection): Endpoints | { endpoint: Endpoints['endpoints'][number] } => {
  const [first] = hosts;
  return discover || !first ? { endpoints: [...hosts] } : { endpoint: first };
};

const settingsOf = (connection: EsdbConnection): ClientOptions =>
  ({
    ...whereFrom(connection),
    connectionName: connection.connectionName ?? 'trunkline',
    ...given(connection, 'keepAliveInterval', 'keepAliveTimeout'),
    ...given(connection, 'discoveryInterval', 'gossipTimeout', 'maxDiscoverAttempts'),
  }) as ClientOptions;

const trustOf = ({ tls, tlsCAFile, userCertFile, userKeyFile }: EsdbConnection) => ({
  insecure: !tls,
  ...(tlsCAFile !== undefined && { rootCertificate: readFileSync(tlsCAFile) }),
  ...(userCertFile !== undefined && { userCertFile: readFileSync(userCertFile) }),
  ...(userKeyFile !== undefined && { userKeyFile: readFileSync(userKeyFile) }),
});

/** Whatever the server is asked, the leader answers: a follower may not know yet what has just been written. */
const fromLeader = { requiresLeader: true };
const untilEnded = { deadline: Infinity };

/**
 * EventStoreDB's own client for finding the server, TLS and credentials, with the bare requests of its protocol. Its
 * ready-made reading knows no filters, and its batched append shares one table of answers between all clients of a
 * process and breaks it when a connection drops.
 */
export class LogClient extends EventStoreDBClient {
  private channel: ReturnType<typeof this.getChannel> | undefined;

  constructor(connection: EsdbConnection) {
    super(settingsOf(connection) as never, trustOf(connection), connection.credentials);
    const find = this.getChannel;
    this.getChannel = () => (this.channel = find());
  }

  /** A page of events; fails when it does not come in time. */
  readPage(request: ReadReq) {
    return this.GRPCStreamCreator(StreamsClient, 'read', (client) =>
      client.read(request, ...this.callArguments(fromLeader)),
    )();
  }

  /** Events as they are written, until one side ends it. */
  subscribe(request: ReadReq) {
    return this.GRPCStreamCreator(StreamsClient, 'subscribe', (client) =>
      client.read(request, ...this.callArguments(fromLeader, untilEnded)),
    )();
  }

  /** A line on which appends go out and their answers come back, in any order. */
  batchAppend() {
    return this.GRPCStreamCreator(StreamsClient, 'append', (client) =>
      client.batchAppend(...this.callArguments(fromLeader, untilEnded)),
    )();
  }

  /** Breaks off whatever is under way. */
  async close(): Promise<void> {
    await this.dispose();
    const channel = await this.channel?.catch(() => undefined);
    channel?.close();
  }
}
