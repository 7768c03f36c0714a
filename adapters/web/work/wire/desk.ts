import { io, type Socket } from 'socket.io-client';
import type { AgentRequest } from '#domain/contracts/agent-desk.js';
import type { Acknowledgement, AgentToServer, Problem, ServerToAgent } from '#domain/views/live-messages.js';
import type { AgentDesktop, Colleague, DeskProfile, QueueGlance } from '#domain/views/agent-desktop.js';

/** How it stands with the server. `lost`: since when; the screen, if there was one, is what it was then. */
export type Connection =
  | Readonly<{ state: 'connecting' }>
  | Readonly<{ state: 'live' }>
  | Readonly<{ state: 'lost'; since: number }>
  | Readonly<{ state: 'signed-out' }>
  | Readonly<{ state: 'refused'; problem: Problem }>;

/** All that the agent's page shows: as the server sent it, nothing added. */
export type DeskView = Readonly<{
  connection: Connection;
  profile?: DeskProfile;
  desktop?: AgentDesktop;
  queue?: QueueGlance;
  /** Requests that are on their way, or done and not yet to be seen on the desktop. */
  asked: ReadonlySet<AgentRequest['type']>;
}>;

export type Desk = Readonly<{
  subscribe: (listener: () => void) => () => void;
  current: () => DeskView;
  /** Never rejects: no answer is a problem like any other. */
  request: (request: AgentRequest) => Promise<Acknowledgement>;
  colleagues: () => Promise<readonly Colleague[] | undefined>;
  close: () => void;
}>;

type DeskSocket = Socket<ServerToAgent, AgentToServer>;

const patience = 5000;
/** What changed nothing on the desktop is over after this, too. */
const settledAfter = 1500;
const failed = (code: string, title: string, detail: string): Acknowledgement => ({
  ok: false,
  problem: { type: 'about:blank', status: 0, code, title, detail },
});

const noAnswer = failed(
  'no-answer',
  'The server has not answered',
  'It may have been done all the same: watch what the screen says before you try again.',
);
const offline = failed(
  'offline',
  'You are offline',
  'It was not sent. It can be tried again once the connection is back.',
);

/** Why the server refused the connection: it sends the problem along. */
const refusalOf = (error: Error & Readonly<{ data?: unknown }>): Problem => ({
  type: 'about:blank',
  status: 403,
  code: 'refused',
  title: error.message,
  ...(typeof error.data === 'object' ? error.data : {}),
});

/** The live line to the server; its cookie says who is here. */
export const openDesk = (): Desk => {
  let view: DeskView = { connection: { state: 'connecting' }, asked: new Set() };
  let position = 0;
  const listeners = new Set<() => void>();
  const awaited = new Map<AgentRequest['type'], number>();

  const become = (changes: Partial<DeskView>): void => {
    view = { ...view, ...changes };
    for (const listener of listeners) listener();
  };

  const settle = (done: (upTo: number) => boolean): void => {
    for (const [type, upTo] of awaited) if (done(upTo)) awaited.delete(type);
    if (awaited.size !== view.asked.size) become({ asked: new Set(awaited.keys()) });
  };

  const socket: DeskSocket = io('/agent', {
    withCredentials: true,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    timeout: patience,
    reconnectionDelay: 300,
    reconnectionDelayMax: 4000,
    auth: (send) => {
      send(position > 0 ? { position } : {});
    },
  });

  const lost = (): void => {
    const { state } = view.connection;
    if (state === 'live' || state === 'connecting') become({ connection: { state: 'lost', since: Date.now() } });
  };

  socket.on('connect', () => {
    // What comes first is the truth of this server, even if its log is another than before.
    position = 0;
    become({ connection: { state: 'live' } });
  });
  socket.on('disconnect', (reason) => {
    lost();
    // The client does not come back by itself when the server said go: it asks once more, and is told why not.
    if (reason === 'io server disconnect') socket.connect();
  });
  socket.on('connect_error', (error) => {
    lost();
    // While the transport fails, the client tries again; when the server itself said no, it does not.
    if (socket.active) return;
    const problem = refusalOf(error);
    become({ connection: problem.status === 401 ? { state: 'signed-out' } : { state: 'refused', problem } });
  });
  socket.on('profile', (profile) => {
    become({ profile });
  });
  socket.on('queue', (queue) => {
    become({ queue });
  });
  socket.on('desktop', (at, desktop) => {
    if (at < position) return;
    position = at;
    become({ desktop });
    settle((upTo) => upTo <= position);
  });

  const request = async (asked: AgentRequest): Promise<Acknowledgement> => {
    if (!socket.connected) return offline;
    awaited.set(asked.type, Number.POSITIVE_INFINITY);
    become({ asked: new Set(awaited.keys()) });
    const answered = socket.timeout(patience).emitWithAck('request', asked) as Promise<Acknowledgement>;
    const answer = await answered.catch(() => noAnswer);
    if (answer.ok) {
      awaited.set(asked.type, answer.position);
      window.setTimeout(() => {
        settle((upTo) => upTo <= answer.position);
      }, settledAfter);
    } else awaited.delete(asked.type);
    settle((upTo) => upTo <= position);
    return answer;
  };

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    current: () => view,
    request,
    colleagues: () => {
      const answered = socket.timeout(patience).emitWithAck('colleagues') as Promise<readonly Colleague[]>;
      return answered.catch(() => undefined);
    },
    close: () => {
      socket.disconnect();
    },
  };
};
