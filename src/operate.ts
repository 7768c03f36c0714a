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
import { systemClock } from '#adapters/clock/system.clock.js';
import { typeormReadModels } from '#adapters/read-models/typeorm/typeorm.read-models.js';
import type { Settings } from '#config/settings.js';
import { readModels as models } from '#projections/read-models.js';
import { rebuildReadModels, type Progress } from './application/read-models/rebuild.js';
import type { Log } from './application/log.js';
import { logAt, readModelsIn } from './compose/storage.js';
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

/** What can be built anew. */
export const readModelNames: readonly string[] = models.map(({ name }) => name);

type AskRebuild = Readonly<{ names: readonly string[]; log: Log; onProgress: (progress: Progress) => void }>;

/** Builds read models anew, beside a running product or without one. The log is read, and nothing else happens. */
export const rebuildOf = async (settings: Settings, { names, log, onProgress }: AskRebuild) => {
  const { read, last } = logAt(settings);
  const events = {
    readAll: ({ after }: Readonly<{ after: number }>) => read(after),
    lastPosition: last,
  };
  const { store, close } = typeormReadModels({ location: readModelsIn(settings), models, clock: systemClock });
  const chosen = models.filter(({ name }) => names.includes(name));
  try {
    return await rebuildReadModels(chosen, {
      ...{ events, readModels: store, clock: systemClock, log, onProgress },
      isClosed: () => false,
    });
  } finally {
    await close();
  }
};

/** For those who describe the screens of a mainframe. */
export const mainframeTools = {
  checkScreenMap,
  checkWithRecording,
  screenMapJsonSchema,
  startDemoMainframe,
  tryOperation,
};
