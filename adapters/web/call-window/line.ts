import { io, type Socket } from 'socket.io-client';
import type { CustomerRequest } from '#domain/contracts/customer-desk.js';
import type { Milliseconds } from '#domain/kernel/time.js';
import type { CallWindow } from '#domain/views/call-window.js';
import type { Acknowledgement, CustomerToServer, Problem, ServerToCustomer } from '#domain/views/live-messages.js';

export type LineEvents = Readonly<{
  told: (window: CallWindow) => void;
  connected: (connected: boolean) => void;
  /** The server's own pulse: it goes on while a window that lies hidden has its timers slowed down. */
  beat: () => void;
  /** The server does not know this call any more, or never did. */
  refused: () => void;
}>;

export type Line = Readonly<{
  /** True when the server has done it; what cannot be sent now is sent when the connection is back. */
  ask: (request: CustomerRequest) => Promise<boolean>;
  /** This window is about to go. */
  closing: () => void;
  close: () => void;
}>;

const patience: Milliseconds = 8000;

/** The socket of one call: its state comes from the server whole, and is never guessed here. */
export const openLine = (token: string, events: LineEvents): Line => {
  const socket: Socket<ServerToCustomer, CustomerToServer> = io('/customer', {
    auth: { token },
    transports: ['websocket'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
  });

  socket.on('window', (_position, window) => {
    events.told(window);
  });
  socket.io.on('ping', events.beat);
  socket.on('connect', () => {
    events.connected(true);
  });
  socket.on('disconnect', (reason) => {
    events.connected(false);
    // A server that goes down says goodbye, and a socket that was told goodbye does not come back by itself.
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 500 + 1000 * Math.random());
  });
  socket.on('connect_error', (error) => {
    events.connected(false);
    if ((error as { data?: Problem }).data?.status === 401) events.refused();
  });

  return {
    ask: (request) =>
      socket
        .timeout(patience)
        .emitWithAck('request', request)
        .then(
          (answer: Acknowledgement) => answer.ok,
          () => false,
        ),
    closing: () => socket.emit('closing'),
    close: () => socket.disconnect(),
  };
};
