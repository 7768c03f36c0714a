import { EventStoreFailure } from '#domain/contracts/event-store.js';
import { eventCatalogue } from '#domain/events.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { upcast } from '#domain/upcasters/upcasters.js';

/** Asked for every event that is read. */
const versionsNow = new Map(Object.entries(eventCatalogue).map(([type, { schemaVersion }]) => [type, schemaVersion]));

/** Fields that are sealed are not there yet: whoever opens them asks again. */
const isSealed = (data: object): boolean => 'sealed' in data;

const corrupt = ({ type, position, schemaVersion }: RecordedEvent, why: string): EventStoreFailure =>
  new EventStoreFailure('corrupt', `${type} of version ${schemaVersion} at position ${position}: ${why}`);

/**
 * The event as this version of Trunkline would record it: data of an older version is brought up to date, step by step.
 * @throws {EventStoreFailure} `corrupt` when a newer Trunkline has written it, or it cannot be read
 */
export const upToDate = (event: RecordedEvent): RecordedEvent => {
  const { type, schemaVersion, data } = event;
  const now = versionsNow.get(type);
  // A name that no catalogue knows passes as it is: a fold skips what it does not listen to.
  if (schemaVersion === now || now === undefined) return event;
  if (!Number.isInteger(schemaVersion) || schemaVersion < 1) throw corrupt(event, 'that is no version');
  if (schemaVersion > now) {
    const todo = 'start the version that wrote it, or a later one';
    throw corrupt(event, `this Trunkline knows it up to version ${now}; ${todo}`);
  }
  try {
    return isSealed(data) ? event : { ...event, schemaVersion: now, data: upcast(type, data, schemaVersion) };
  } catch (cause) {
    throw corrupt(event, `its data is not what that version wrote (${String(cause)})`);
  }
};
