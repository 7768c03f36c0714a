import type { Socket } from 'socket.io';
import type { Clock } from '#domain/contracts/clock.js';
import { problemOf } from '../wire/problems.js';
import { isAnswer, refusal } from './answers.js';
import { tokenBucket, type Rate } from './token-bucket.js';

type Guard = Readonly<{
  /** Events that the namespace knows. */
  events: ReadonlySet<string>;
  rate: Rate;
  clock: Clock;
  /** Called once for each socket, at its first message too many. */
  onFlood: () => void;
}>;

type Listenable = Pick<Socket, 'use' | 'disconnect'>;

/** So many refused messages in a row are no impatience. */
const mostRefused = 100;

/** Before any listener: nobody floods, and what no listener knows is answered all the same. */
export const guardSocket = (socket: Listenable, { events, rate, clock, onFlood }: Guard): void => {
  const take = tokenBucket(rate, clock);
  let refused = 0;
  let flooded = false;

  const problemOfPacket = (event: unknown): string | undefined => {
    if (!take()) return 'rate-limited';
    return typeof event === 'string' && events.has(event) ? undefined : 'not-found';
  };

  socket.use(([event, ...rest], next) => {
    const problem = problemOfPacket(event);
    refused = problem === 'rate-limited' ? refused + 1 : 0;
    if (refused > 0 && !flooded) {
      flooded = true;
      onFlood();
    }
    if (refused > mostRefused) {
      socket.disconnect(true);
      return;
    }
    if (problem === undefined) {
      next();
      return;
    }
    const answer: unknown = rest.at(-1);
    if (isAnswer(answer)) answer(refusal(problemOf(problem)));
  });
};
