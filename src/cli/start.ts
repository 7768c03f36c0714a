import pino from 'pino';
import { loadSettings, SettingsError } from '#config/load.js';
import type { Settings } from '#config/settings.js';
import { compose, type Trunkline } from '../compose.js';
import { greeting } from './greeting.js';

/** Long enough for what is being written to be written; a second signal does not wait. */
const forcedExitCode = 130;

const readSettings = (commandLine: Readonly<Record<string, string>>): Settings | undefined => {
  try {
    return loadSettings(commandLine);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return undefined;
  }
};

/** Resolves with the exit code once the product has been told to stop and has stopped, or could not go on. */
const untilStopped = (trunkline: Trunkline, fatal: Promise<Error>): Promise<number> =>
  new Promise((resolve) => {
    const stop = async (code: number): Promise<void> => {
      const errors = await trunkline.stop();
      for (const error of errors) process.stderr.write(`${error.message}: ${String(error.cause)}\n`);
      resolve(errors.length > 0 ? 1 : code);
    };
    let asked = false;
    const onSignal = (): void => {
      if (asked) process.exit(forcedExitCode);
      asked = true;
      void stop(0);
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    void fatal.then((error) => {
      process.stderr.write(`Trunkline cannot go on: ${error.message}\n`);
      return stop(1);
    });
  });

/** Runs the product until it is told to stop; answers the exit code. */
export const start = async (commandLine: Readonly<Record<string, string>>): Promise<number> => {
  const settings = readSettings(commandLine);
  if (!settings) return 2;
  const log = pino({ level: settings.logLevel }, pino.destination({ dest: 2, sync: false }));
  let onFatal: (error: Error) => void = () => undefined;
  const fatal = new Promise<Error>((resolve) => {
    onFatal = resolve;
  });
  try {
    const trunkline = await compose(settings, log, onFatal);
    process.stdout.write(`${greeting(trunkline, settings)}\n`);
    return await untilStopped(trunkline, fatal);
  } catch (error) {
    process.stderr.write(`Trunkline did not start: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
};
