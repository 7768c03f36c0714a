import type { Log } from '../wire/log.js';
import { problemOf } from '../wire/problems.js';
import { ConnectionRefused } from './answers.js';

type Next = (refused?: Error) => void;

/** socket.io middleware: lets a socket in with what `admit` knows of it, or tells the client why not. */
export const admitted =
  <Seat, Connecting extends { data: unknown }>(admit: (socket: Connecting) => Promise<Seat>, log: Log) =>
  (socket: Connecting, next: Next): void => {
    admit(socket).then(
      (seat) => {
        socket.data = seat;
        next();
      },
      (error: unknown) => {
        if (error instanceof ConnectionRefused) {
          next(error);
          return;
        }
        log.error({ error }, 'a socket could not be let in');
        next(new ConnectionRefused(problemOf('internal-error')));
      },
    );
  };
