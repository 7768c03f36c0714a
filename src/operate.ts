import { join } from 'node:path';
import {
  checkScreenMap,
  checkWithRecording,
  screenMapJsonSchema,
  startDemoMainframe,
  tryOperation,
} from '#adapters/customer-records/tn3270/mainframe-tools.js';
import { backUpSqliteStore, type BackUpSettings } from '#adapters/event-store/sqlite/backup/back-up-sqlite-store.js';
import { restoreSqliteStore, type RestoreSettings } from '#adapters/event-store/sqlite/backup/restore-sqlite-store.js';
import { checkContent } from '#adapters/event-store/sqlite/verify/check-content.js';
import { verifySqliteLog, type VerifySettings } from '#adapters/event-store/sqlite/verify/verify-sqlite-log.js';
import type { Settings } from '#config/settings.js';
import { demoLogInsFile } from './open-profile.js';

/** Whether the log is what was written, beside a running product or without one. */
export const verifyLogOf = ({ data }: Settings, ask: Pick<VerifySettings, 'expected' | 'onProgress'>) =>
  verifySqliteLog({ file: join(data, 'events.db'), checkContent, ...ask });

/** Without these the product would not start as it was: nobody could sign in, and nobody would know the demo's log-ins. */
const filesKept = ['installation.secret', 'credentials.json', demoLogInsFile];
const keyStore = 'keys.db';

type AskBackUp = Pick<BackUpSettings, 'target' | 'onCopied' | 'onVerified'> &
  Readonly<{ keys: BackUpSettings['keys']['place'] }>;

/** Makes a backup of the data folder, beside a running product or without one. */
export const backUp = ({ data }: Settings, { keys: place, ...ask }: AskBackUp) =>
  backUpSqliteStore({ data, files: filesKept, keys: { file: keyStore, place }, ...ask });

/** Makes a data folder from a backup. */
export const restoreFrom = (
  { data }: Settings,
  ask: Pick<RestoreSettings, 'backup' | 'keys' | 'onCopied' | 'onVerified'>,
) => restoreSqliteStore({ data, keyStore, ...ask });

/** For those who describe the screens of a mainframe. */
export const mainframeTools = {
  checkScreenMap,
  checkWithRecording,
  screenMapJsonSchema,
  startDemoMainframe,
  tryOperation,
};
