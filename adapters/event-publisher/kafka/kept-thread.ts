import { Worker } from 'node:worker_threads';
import type { Clock } from '#domain/contracts/clock.js';
import type { Milliseconds } from '#domain/kernel/time.js';
import type { Log } from '../../wire/log.js';

/** A thread that is made anew when it ends, and ended when it stalls. */
export type KeptThread<Request> = Readonly<{ post: (request: Request) => void; close: () => Promise<void> }>;

export type ThreadToKeep<Report> = Readonly<{
  /** For messages to people. */
  name: string;
  file: URL;
  data: unknown;
  clock: Clock;
  log: Log;
  /** A new thread is there: whatever the last one was asked for and has not answered is to be asked again. */
  onStarted: () => void;
  onReport: (report: Report) => void;
  /** It ended without being asked to. */
  onEnded: (why: string) => void;
  /** Whether news are due: then silence of this length is a stall. */
  newsDue: () => boolean;
  stallAfter: Milliseconds;
}>;

/** What passes through is young: with the usual few megabytes a tenth of the time would go into collecting it. */
const youngMb = 64;
const firstPauseMs = 500;
const longestPauseMs = 15_000;
const goodbyeMs = 5_000;

/**
 * Runs a client that is known to stall in a thread of its own: the thread can be ended whatever the client is at, with its
 * connections and timers. What is posted while there is no thread is lost; `onStarted` is the time to post it again.
 */
export const keepThread = <Request, Report>(tools: ThreadToKeep<Report>): KeptThread<Request> => {
  const { name, file, data, clock, log, stallAfter } = tools;
  let worker: Worker | undefined;
  let ended: Promise<void> = Promise.resolve();
  let heardAt = clock.now();
  let pause = firstPauseMs;
  let closed = false;
  let cancel = (): void => undefined;

  const start = (): void => {
    let why: string | undefined;
    const started = new Worker(file, { workerData: data, resourceLimits: { maxYoungGenerationSizeMb: youngMb } });
    heardAt = clock.now();
    started.on('message', (report: Report) => {
      heardAt = clock.now();
      pause = firstPauseMs;
      tools.onReport(report);
    });
    started.once('error', (error) => {
      why = error instanceof Error ? error.message : String(error);
    });
    ended = new Promise((resolve) => {
      started.once('exit', (code) => {
        worker = undefined;
        resolve();
        if (!closed) startLater(why ?? `it ended with code ${code}`);
      });
    });
    worker = started;
    tools.onStarted();
  };

  const startLater = (why: string): void => {
    log.warn({ thread: name, why, again: pause }, 'a thread has ended and will be made anew');
    tools.onEnded(why);
    clock.schedule(pause, () => {
      if (!closed) start();
    });
    pause = Math.min(pause * 2, longestPauseMs);
  };

  const watch = (): void => {
    if (!tools.newsDue()) heardAt = clock.now();
    if (worker && clock.now() - heardAt > stallAfter) {
      log.warn({ thread: name, silentFor: clock.now() - heardAt }, 'a thread has stalled and is ended');
      void worker.terminate();
    }
    cancel = clock.schedule(Math.ceil(stallAfter / 4), watch);
  };

  start();
  watch();
  return {
    post: (request) => {
      worker?.postMessage(request);
    },
    close: async () => {
      closed = true;
      cancel();
      worker?.postMessage('close');
      const giveUp = clock.schedule(goodbyeMs, () => void worker?.terminate());
      await ended;
      giveUp();
    },
  };
};
