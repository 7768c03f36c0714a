import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { AccessControl } from '#domain/contracts/access-control.js';
import type { AgentDesk, LiveFeed } from '#domain/contracts/agent-desk.js';
import type { BackOffice } from '#domain/contracts/back-office.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { CallWindowFeed, CustomerDesk } from '#domain/contracts/customer-desk.js';
import { platform } from '#domain/kernel/ids.js';
import { addressOf } from '../wire/address.js';
import type { Log } from '../wire/log.js';
import { problemOf } from '../wire/problems.js';
import { serveAgents } from './agent.namespace.js';
import type { AgentNamespace } from './agent-socket.js';
import { ConnectionRefused } from './answers.js';
import { serveCustomers, type CustomerNamespace } from './customer.namespace.js';
import { mayConnectFrom } from './handshake.js';
import { ordinaryLiveUpdateSettings, type LiveUpdateSettings } from './settings.js';

export type LiveUpdateDependencies = Readonly<{
  /** The HTTP server whose connections may become sockets. It stays its owner's to close. */
  server: HttpServer;
  access: AccessControl;
  backOffice: Pick<BackOffice, 'signedOut' | 'recordRefusal'>;
  agentDesk: AgentDesk;
  liveFeed: LiveFeed;
  customerDesk: CustomerDesk;
  callWindowFeed: CallWindowFeed;
  commands: CommandBus;
  clock: Clock;
  log: Log;
  settings?: Partial<LiveUpdateSettings>;
}>;

export type LiveUpdates = Readonly<{
  /** Closes every socket; nobody counts as gone because of it. */
  close: () => Promise<void>;
}>;

/** Longest message, in bytes. */
const longestMessage = 64 * 1024;

const oneHeader = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** News for agents' desks and customers' call windows, over socket.io: `/agent` and `/customer`. */
export const socketIoLiveUpdates = (dependencies: LiveUpdateDependencies): LiveUpdates => {
  const settings = { ...ordinaryLiveUpdateSettings, ...dependencies.settings };
  const { access, backOffice, agentDesk, liveFeed, customerDesk, callWindowFeed, commands, clock, log } = dependencies;
  let closing = false;

  const io = new Server(dependencies.server, {
    serveClient: false,
    maxHttpBufferSize: longestMessage,
    connectTimeout: settings.joinTimeout,
    pingInterval: settings.pingInterval,
    pingTimeout: settings.pingTimeout,
    perMessageDeflate: false,
    httpCompression: false,
    cors: { origin: [...settings.guestOrigins], credentials: false },
    allowRequest: ({ headers, socket }, decide) => {
      const allowed = mayConnectFrom(headers, settings);
      if (!allowed) {
        const from = addressOf(socket.remoteAddress, oneHeader(headers['x-forwarded-for']), settings.trustedProxies);
        backOffice.recordRefusal(platform, { why: 'foreign-origin', what: 'socket', from });
      }
      decide(allowed ? null : 'foreign-origin', allowed);
    },
  });

  io.engine.on('connection_error', ({ code, message }: Readonly<{ code: number; message: string }>) => {
    log.debug({ code, message }, 'a socket was refused');
  });

  io.use((_socket, next) => {
    next(new ConnectionRefused(problemOf('not-found', 'Connect to /agent or /customer')));
  });

  const edge = { backOffice, commands, clock, log, settings, closing: () => closing };
  serveAgents(io.of('/agent') as AgentNamespace, { ...edge, access, backOffice, desk: agentDesk, feed: liveFeed });
  serveCustomers(io.of('/customer') as CustomerNamespace, {
    ...edge,
    access,
    desk: customerDesk,
    feed: callWindowFeed,
  });

  return {
    close: async () => {
      closing = true;
      // The connections close and nobody is sent away: clients come back by themselves when the server does.
      io.engine.close();
    },
  };
};
