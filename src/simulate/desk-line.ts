import { io, type Socket } from 'socket.io-client';
import type { AgentRequest } from '#domain/contracts/agent-desk.js';
import type { AgentDesktop } from '#domain/views/agent-desktop.js';
import type { Acknowledgement, AgentToServer, PopMessage, ServerToAgent } from '#domain/views/live-messages.js';

export type DeskEvents = Readonly<{ desktop: (desktop: AgentDesktop) => void; pop: (pop: PopMessage) => void }>;

/** A stock socket.io client at one agent's desk. */
export type DeskLine = Readonly<{
  /** `no-answer` as code: nothing came back in time. */
  ask: (request: AgentRequest) => Promise<Readonly<{ ok: true } | { ok: false; code: string }>>;
  close: () => void;
}>;

const patience = 10_000;

const outcomeOf = (answer: Acknowledgement) =>
  answer.ok ? { ok: true as const } : { ok: false as const, code: answer.problem.code };

/**
 * Resolves when the desk is let in. A line that breaks comes back by itself, and is told what it missed.
 * @throws {Error} when the desk is not let in
 */
export const openDeskLine = (server: string, token: string, events: DeskEvents): Promise<DeskLine> => {
  let position: number | undefined;
  const socket: Socket<ServerToAgent, AgentToServer> = io(`${server}/agent`, {
    auth: (tell) => {
      tell({ token, ...(position !== undefined && { position }) });
    },
    transports: ['websocket'],
    forceNew: true,
  });
  socket.on('desktop', (at, desktop) => {
    position = Math.max(at, position ?? 0);
    events.desktop(desktop);
  });
  socket.on('screen-pop', (pop) => {
    position = Math.max(pop.position, position ?? 0);
    events.pop(pop);
  });

  const line: DeskLine = {
    ask: (request) =>
      socket
        .timeout(patience)
        .emitWithAck('request', request)
        .then(outcomeOf, () => ({ ok: false, code: 'no-answer' })),
    close: () => {
      socket.close();
    },
  };
  return new Promise((resolve, reject) => {
    socket.once('connect', () => {
      resolve(line);
    });
    socket.on('connect_error', (error) => {
      // What the server refuses it will refuse again; what only failed is tried again by the client itself.
      if (!socket.active) reject(error);
    });
  });
};
