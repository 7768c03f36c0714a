import type { Settings } from '#config/settings.js';
import { progressOn, secondsSince, whole } from './progress.js';

type OnProgress = (done: number, of: number) => void;
type Restored = Readonly<{ events: number }>;

export type RestoreTools = Readonly<{
  settings: Settings;
  restoreFrom: (
    settings: Settings,
    ask: Readonly<{ backup: string; keys: string | undefined; onCopied: OnProgress; onVerified: OnProgress }>,
  ) => Promise<Restored>;
  print: (line: string) => void;
  complain: (line: string) => void;
}>;

/**
 * Makes an empty data folder what it was when the backup was made.
 * @param keys file of the keys of personal data, or `none`
 * @returns the exit code: 0 restored and verified, 2 it could not be asked for like this
 * @throws {EventStoreFailure} when nothing was restored
 */
export const restore = async (
  backup: string | undefined,
  keys: string | undefined,
  tools: RestoreTools,
): Promise<number> => {
  const { settings, restoreFrom, print, complain } = tools;
  if (backup === undefined) {
    complain('From which file? For example: trunkline restore /backups/trunkline-monday.db --data data');
    return 2;
  }
  const start = performance.now();
  const { events } = await restoreFrom(settings, {
    backup,
    keys,
    onCopied: progressOn('pages copied', complain),
    onVerified: progressOn('events verified', complain),
  });
  print(
    `${settings.data}: ${whole.format(events)} events, verified, in ${secondsSince(start).toFixed(1)} s. Start the product on it.`,
  );
  return 0;
};
