import { join } from 'node:path';
import { openInstallationSecret, passingSecret } from '#adapters/access/installation-secret.js';
import { openJsonFileCredentials } from '#adapters/access/json-file.credentials.js';
import { memoryCredentials } from '#adapters/access/memory.credentials.js';
import { openEventStoreDbStore } from '#adapters/event-store/eventstoredb/open-eventstoredb-store.js';
import {
  lastOfEventStoreDbLog,
  readEventStoreDbLog,
} from '#adapters/event-store/eventstoredb/read-eventstoredb-log.js';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import { openEvent } from '#adapters/event-store/personal-data/sealed-event.js';
import { sealingEventStore } from '#adapters/event-store/personal-data/sealing.event-store.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import { lastOfSqliteLog, readSqliteLog } from '#adapters/event-store/sqlite/read-sqlite-log.js';
import { openKeys, passingKeys, readKeys, type KeySettings } from '#adapters/keys/open-keys.js';
import { typeormReadModels, type ReadModelLocation } from '#adapters/read-models/typeorm/typeorm.read-models.js';
import { sealedFileSnapshots } from '#adapters/snapshots/sealed-files.snapshots.js';
import type { Settings } from '#config/settings.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { readModels as models } from '#projections/read-models.js';
import { allOpened, type Lifecycle } from '../lifecycle.js';

const secretFile = (data: string): string => join(data, 'installation.secret');

/** The durable log. A snapshot says where in its log it was taken: not to be mistaken for one of another log. */
export const logAt = ({ eventStore, data }: Pick<Settings, 'eventStore' | 'data'>) => {
  const file = join(data, 'events.db');
  return eventStore.startsWith('esdb')
    ? {
        open: (clock: Clock) => openEventStoreDbStore({ connectionString: eventStore, data, clock }),
        read: (after = 0) => readEventStoreDbLog(eventStore, after),
        last: () => lastOfEventStoreDbLog(eventStore),
        snapshots: 'snapshots-eventstoredb',
      }
    : {
        open: (clock: Clock) => openSqliteStore({ file, clock }),
        read: (after = 0) => readSqliteLog(file, after),
        last: () => lastOfSqliteLog(file),
        snapshots: 'snapshots',
      };
};

/** Keys are in a store of their own: whoever has a copy of the log can read no personal data. */
const keysIn = ({ data, keysFile }: Settings): KeySettings => ({
  folder: data,
  keysFile,
  installationSecret: () => openInstallationSecret(secretFile(data)),
});

/** Where what people query is kept. A log that is forgotten at the end leaves no rows behind. */
export const readModelsIn = ({ readModels, eventStore, data }: Settings): ReadModelLocation => {
  if (readModels !== undefined) return { url: readModels };
  return eventStore === 'memory' ? 'memory' : { file: join(data, 'read-models.db') };
};

const openLog = async ({ eventStore, data }: Settings, clock: Clock) => {
  if (eventStore === 'memory') {
    return { log: memoryStore({ clock }), secret: passingSecret(), credentials: memoryCredentials() };
  }
  const secret = await openInstallationSecret(secretFile(data));
  const place = logAt({ eventStore, data });
  return {
    log: await place.open(clock),
    secret,
    credentials: await openJsonFileCredentials(join(data, 'credentials.json')),
    snapshots: sealedFileSnapshots({ directory: join(data, place.snapshots), secret }),
  };
};

type StorageTools = Readonly<{
  clock: Clock;
  logClock: Clock;
  lifecycle: Lifecycle;
  onFatal: (error: Error) => void;
}>;

/**
 * What is kept, and where: in the data folder, on servers, or nowhere. The log is sealed: what it holds of people opens
 * with their keys only.
 */
export const openStorage = async (settings: Settings, { clock, logClock, lifecycle, onFatal }: StorageTools) => {
  const { started } = lifecycle;
  const inMemory = settings.eventStore === 'memory';
  const openingKeys = inMemory ? Promise.resolve(passingKeys()) : openKeys(keysIn(settings), onFatal);
  const [keys, { log, ...kept }] = await allOpened(
    openingKeys.then((opened) => started('keys', opened, (it) => it.close())),
    openLog(settings, logClock).then((opened) => {
      started('event store', opened.log, (it) => it.close());
      return opened;
    }),
  );
  const events = sealingEventStore(log.events, keys);
  const rows = typeormReadModels({ location: readModelsIn(settings), models, clock });
  const readModels = started('read model store', rows, (it) => it.close());
  return { ...kept, store: { ...log, events }, keys: { ...keys, erase: events.erase }, readModels };
};

/** The keys of personal data, for operators' tools; the product is not running then. */
export const openKeysOf = (settings: Settings) => openKeys(keysIn(settings));

/** The log as operators' tools read it, beside a running product or without one; what is erased says so. */
export const readLogOf = async function* (settings: Settings): AsyncGenerator<RecordedEvent> {
  const keys = await readKeys(keysIn(settings));
  try {
    for await (const event of logAt(settings).read()) yield openEvent(event, keys);
  } finally {
    await keys.close();
  }
};
