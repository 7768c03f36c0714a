import type { Request, RequestHandler } from 'express';
import type { Clock } from '#domain/contracts/clock.js';
import { problemOf } from '../wire/problems.js';
import { sendProblem } from './send.js';

type MissLimit = Readonly<{
  /** Misses in a minute. */
  most: number;
  keyOf: (request: Request) => string;
  clock: Clock;
  /** Called once for each flood. */
  onFlood: (request: Request) => void;
}>;

const minute = 60_000;

/**
 * Who finds nothing again and again is guessing, and waits. Only answers are counted, so that a call centre that asks
 * for hundreds of live calls at once is never taken for a guesser.
 */
export const missLimit = ({ most, keyOf, clock, onFlood }: MissLimit): RequestHandler => {
  const misses = new Map<string, number>();
  let windowEnds = clock.now() + minute;

  const missesOf = (key: string): number => {
    const now = clock.now();
    if (now >= windowEnds) {
      misses.clear();
      windowEnds = now + minute;
    }
    return misses.get(key) ?? 0;
  };

  return (request, response, next) => {
    const key = keyOf(request);
    const missed = missesOf(key);
    if (missed >= most) {
      if (missed === most) {
        misses.set(key, missed + 1);
        onFlood(request);
      }
      const seconds = Math.ceil((windowEnds - clock.now()) / 1000);
      sendProblem(response, problemOf('rate-limited'), { 'retry-after': String(seconds) });
      return;
    }
    response.on('finish', () => {
      if (response.statusCode >= 400) misses.set(key, missesOf(key) + 1);
    });
    next();
  };
};
