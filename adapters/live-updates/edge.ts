import type { BackOffice } from '#domain/contracts/back-office.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { Log } from '../wire/log.js';
import type { LiveUpdateSettings } from './settings.js';

/** What every namespace needs to keep strangers out and to say so. */
export type Edge = Readonly<{
  backOffice: Pick<BackOffice, 'recordRefusal'>;
  commands: CommandBus;
  clock: Clock;
  log: Log;
  settings: LiveUpdateSettings;
  /** The server is going down: that sockets close says nothing about who is there. */
  closing: () => boolean;
}>;

/** What a listener throws is an error of ours: told to the log, never to the process. */
export const guarded =
  (log: Log, what: string) =>
  (run: () => void): void => {
    try {
      run();
    } catch (error) {
      log.error({ error }, what);
    }
  };
