import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Observation } from '#src/simulate/observation.js';
import type { RobotsReport, RobotsRequest } from './robots.child.js';
import type { Probed } from './server-probe.js';

export type Robots = Readonly<{
  /** The agents are at their desks. */
  ready: Promise<void>;
  /** How their process fared; resolves when they have done their work. */
  done: Promise<Probed>;
  /** Customers hear what agents tell. */
  hear: (told: readonly Observation[]) => void;
  end: () => void;
}>;

const child = fileURLToPath(new URL('robots.child.js', import.meta.url));

/** Robots in a process of their own, so that what they cost delays nobody else. */
export const startRobots = (request: RobotsRequest, noted: (noted: readonly Observation[]) => void): Robots => {
  const robots = fork(child);
  const report = <Part>(part: (report: RobotsReport) => Part | undefined): Promise<Part> =>
    new Promise((resolve, reject) => {
      robots.on('message', (said: RobotsReport) => {
        const found = part(said);
        if (found !== undefined) resolve(found);
        if ('failed' in said) reject(new Error(said.failed));
      });
      robots.once('exit', (code) => {
        reject(new Error(`robots ended with ${code}`));
      });
    });

  robots.on('message', (said: RobotsReport) => {
    if ('noted' in said) noted(said.noted);
  });
  const ready = report((said) => ('ready' in said ? true : undefined)).then(() => undefined);
  const done = report((said) => ('done' in said ? said.done : undefined));
  // Who does not wait for one of them hears of a failure from the other.
  for (const each of [ready, done]) each.catch(() => undefined);
  const ask = (asked: RobotsRequest): void => {
    if (robots.connected) robots.send(asked);
  };
  ask(request);
  return {
    ready,
    done,
    hear: (told) => {
      ask({ robots: 'hear', told });
    },
    end: () => {
      ask({ robots: 'end' });
    },
  };
};
