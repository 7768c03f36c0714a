import type { Settings } from '#config/settings.js';
import { progressOn, secondsSince, whole } from './progress.js';

type OnProgress = (done: number, of: number) => void;
type KeyPlace = 'apart' | 'inside' | 'none';
type BackedUp = Readonly<{ events: number; keys: string | undefined }>;

export type BackupTools = Readonly<{
  settings: Settings;
  backUp: (
    settings: Settings,
    ask: Readonly<{ target: string; keys: KeyPlace; onCopied: OnProgress; onVerified: OnProgress }>,
  ) => Promise<BackedUp>;
  print: (line: string) => void;
  complain: (line: string) => void;
}>;

const isKeyPlace = (text: string): text is KeyPlace => text === 'apart' || text === 'inside' || text === 'none';

/**
 * Makes a backup, beside a running product or without one.
 * @param keys where the keys of personal data go
 * @returns the exit code: 0 the backup is there and verified, 2 it could not be asked for like this
 * @throws {EventStoreFailure} when there is none, because the log is damaged or cannot be read, or the disk is full
 */
export const backup = async (target: string | undefined, keys: string, tools: BackupTools): Promise<number> => {
  const { settings, backUp, print, complain } = tools;
  if (target === undefined) {
    complain('Into which file? For example: trunkline backup /backups/trunkline-monday.db');
    return 2;
  }
  if (!isKeyPlace(keys)) {
    complain('The keys of personal data go into a file --keys apart, --keys inside the backup, or --keys none');
    return 2;
  }
  const start = performance.now();
  const made = await backUp(settings, {
    target,
    keys,
    onCopied: progressOn('pages copied', complain),
    onVerified: progressOn('events verified', complain),
  });
  print(`${target}: ${whole.format(made.events)} events, verified, in ${secondsSince(start).toFixed(1)} s.`);
  if (made.keys !== undefined) {
    print(
      `${made.keys}: the keys of personal data. Keep only the newest of these: an older one brings back who is erased.`,
    );
  }
  return 0;
};
