import type { EventStore } from '#domain/contracts/event-store.js';
import type { SubjectKeys } from '#domain/contracts/keys.js';
import { eventCatalogue, type EventType, type LogEventOf } from '#domain/events.js';
import type { Subject } from '#domain/privacy/subject.js';
import type { Log } from './log.js';

const typesWithPersonalData = (Object.keys(eventCatalogue) as EventType[]).filter(
  (type) => eventCatalogue[type].personalData.length > 0,
);
/** The newest are looked for among so many events at the end of the log. */
const endOfLog = 512;

type Tools = Readonly<{ events: EventStore; keys: Pick<SubjectKeys, 'stateOf' | 'destroy'>; log: Log }>;

/** Keys that came back with an old copy of their store, though the log holds the receipt of their destruction. */
const destroyAgain = async ({ events, keys, log }: Tools): Promise<void> => {
  const back = new Set<Subject>();
  for await (const event of events.readAll({ after: 0, filter: { types: ['SubjectKeyDestroyed'] } })) {
    const { subject } = (event as unknown as LogEventOf<'SubjectKeyDestroyed'>).data;
    if (keys.stateOf(subject) !== 'destroyed') back.add(subject);
  }
  if (back.size === 0) return;
  await keys.destroy([...back]);
  log.warn({ subjects: [...back] }, 'keys of erased persons had come back, with an old keys.db: destroyed again');
};

/**
 * Before anything is made of the log: whoever is erased stays erased, and lost keys are noticed now and not when the first
 * customer calls.
 * @throws {EventStoreFailure} `corrupt` when the keys are not those of this log, with what to do
 */
export const checkKeys = async (tools: Tools): Promise<void> => {
  await destroyAgain(tools);
  const { events } = tools;
  const filter = { types: typesWithPersonalData };
  const last = await events.lastPosition();
  for (const read of [
    { after: 0, filter, limit: 1 },
    { after: Math.max(0, last - endOfLog), filter },
  ]) {
    const reading = events.readAll(read)[Symbol.asyncIterator]();
    // To read is to open: what cannot be opened throws.
    while ((await reading.next()).done !== true);
  }
};
