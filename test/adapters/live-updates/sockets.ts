import { io, type Socket } from 'socket.io-client';
import { socketIoLiveUpdates } from '#adapters/live-updates/socket-io.live-updates.js';
import type { LiveUpdateSettings } from '#adapters/live-updates/settings.js';
import type { Acknowledgement } from '#domain/views/live-messages.js';
import { serveEdge, type ServedEdge } from '#test/support/served-edge.js';

/** A stock client that writes down everything it is told. */
export type Listening = Readonly<{
  socket: Socket;
  /** Every event with its arguments, in the order it came. */
  told: (readonly [event: string, ...rest: unknown[]])[];
  /** Why it was not let in: the problem's code, or the transport's words. */
  refused: () => Promise<string>;
  connected: () => Promise<void>;
  disconnected: () => Promise<string>;
  /** Resolves when what was told is as wished. */
  until: (wished: (told: readonly (readonly unknown[])[]) => boolean) => Promise<void>;
  ask: (event: string, ...sent: unknown[]) => Promise<Acknowledgement>;
}>;

export type LiveEdge = ServedEdge &
  Readonly<{
    connect: (namespace: string, auth?: object, options?: object) => Listening;
    closeSockets: () => Promise<void>;
  }>;

const patience = 3000;

const within = <Value>(promise: Promise<Value>, waitedFor: string): Promise<Value> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`waited in vain for: ${waitedFor}`));
    }, patience);
  });
  return Promise.race([promise, late]).finally(() => {
    clearTimeout(timer);
  });
};

const listen = (socket: Socket): Listening => {
  const told: Listening['told'] = [];
  const waiting = new Set<() => void>();
  const look = (): void => {
    for (const check of waiting) check();
  };
  let ended: string | undefined;
  let why: string | undefined;
  socket.onAny((event: string, ...rest: unknown[]) => {
    told.push([event, ...rest]);
    look();
  });
  socket.on('connect', look);
  socket.on('connect_error', (error) => {
    const problem = (error as Error & { data?: { code?: string } }).data;
    why = problem?.code ?? error.message;
    look();
  });
  socket.on('disconnect', (reason) => {
    ended = reason;
    look();
  });

  const wait = <Value>(answer: () => Value | undefined, waitedFor: string): Promise<Value> =>
    within(
      new Promise((resolve) => {
        const check = (): void => {
          const value = answer();
          if (value === undefined) return;
          waiting.delete(check);
          resolve(value);
        };
        waiting.add(check);
        check();
      }),
      waitedFor,
    );

  return {
    socket,
    told,
    refused: () => wait(() => why, 'refusal'),
    connected: () => wait(() => (socket.connected ? true : undefined), 'connection').then(() => undefined),
    disconnected: () => wait(() => ended, 'disconnection'),
    until: (wished) => wait(() => (wished(told) ? true : undefined), wished.toString()).then(() => undefined),
    ask: (event, ...sent) => socket.timeout(patience).emitWithAck(event, ...sent) as Promise<Acknowledgement>,
  };
};

/** Real sockets before the same fakes as the HTTP server's. */
export const serveLiveEdge = async (settings: Partial<LiveUpdateSettings> = {}): Promise<LiveEdge> => {
  const edge = await serveEdge();
  const { desks, access, clock, log, server } = edge;
  const live = socketIoLiveUpdates({
    server,
    access,
    backOffice: desks.backOffice,
    agentDesk: desks.agentDesk,
    liveFeed: desks.liveFeed,
    customerDesk: desks.customerDesk,
    callWindowFeed: desks.callWindowFeed,
    commands: desks.commands,
    clock,
    log,
    settings,
  });
  const sockets: Socket[] = [];
  return {
    ...edge,
    connect: (namespace, auth = {}, options = {}) => {
      const socket = io(edge.url + namespace, {
        auth,
        forceNew: true,
        reconnection: false,
        transports: ['websocket'],
        ...options,
      });
      sockets.push(socket);
      return listen(socket);
    },
    closeSockets: live.close,
    close: async () => {
      for (const socket of sockets) socket.disconnect();
      await live.close();
      await edge.close();
    },
  };
};
