import type { Append, AppendResult, EventStore } from '#domain/contracts/event-store.js';
import type { SubjectKeys } from '#domain/contracts/keys.js';
import type { NewEvent, RecordedEvent } from '#domain/kernel/message.js';
import type { Subject } from '#domain/privacy/subject.js';
import { recentPlaintexts } from './recent-plaintexts.js';
import { asStoreFailure, openEvent, sealEvent } from './sealed-event.js';

/** A log that never holds personal data in the clear, whichever log it is. */
export type SealingEventStore = EventStore &
  Readonly<{
    /** Destroys their keys, and forgets what was remembered of them. @throws {EventStoreFailure} */
    erase: (subjects: readonly Subject[]) => Promise<void>;
  }>;

type Keys = Pick<SubjectKeys, 'seal' | 'open' | 'destroy'>;

/** Seals what goes into a log and opens what comes out of it. Events without personal data pass as they are. */
export const sealingEventStore = (log: EventStore, keys: Keys): SealingEventStore => {
  const recent = recentPlaintexts();
  /** Subscribers are handed the same events: each is opened once. */
  let openedBefore = new WeakMap<RecordedEvent, RecordedEvent>();

  const open = (event: RecordedEvent): RecordedEvent => openEvent(event, keys, recent.get);
  const openShared = (event: RecordedEvent): RecordedEvent => {
    const known = openedBefore.get(event);
    if (known) return known;
    const opened = open(event);
    openedBefore.set(event, opened);
    return opened;
  };

  const sealAll = ({ stream, events }: Append): Readonly<{ events: readonly NewEvent[]; durable: Promise<void>[] }> => {
    const durable = new Set<Promise<void>>();
    const sealed = events.map((each) => {
      const { event, personal } = sealEvent(each, stream, keys);
      if (personal) recent.add(event.id, personal.subject, personal.text);
      if (personal?.durable) durable.add(personal.durable);
      return event;
    });
    return { events: sealed, durable: [...durable] };
  };

  const whenDurable = async (append: Append, durable: readonly Promise<void>[]): Promise<AppendResult> => {
    // As JSON says it now, whatever becomes of it while we wait.
    const events = append.events.map((event) => ({ ...event, data: JSON.parse(JSON.stringify(event.data)) as object }));
    await Promise.all(durable);
    return log.append({ ...append, events });
  };

  return {
    append: async (append) => {
      try {
        const { events, durable } = sealAll(append);
        const sealed = { ...append, events };
        return await (durable.length === 0 ? log.append(sealed) : whenDurable(sealed, durable));
      } catch (thrown) {
        throw asStoreFailure(thrown);
      }
    },

    readStream: async (stream, fromRevision) => (await log.readStream(stream, fromRevision)).map(open),

    readAll: async function* (read) {
      for await (const event of log.readAll(read)) yield open(event);
    },

    readAt: async (positions) => (await log.readAt(positions)).map(open),

    subscribe: (subscribe) =>
      log.subscribe({ ...subscribe, handle: (events) => subscribe.handle(events.map(openShared)) }),

    lastPosition: () => log.lastPosition(),
    close: () => log.close(),

    erase: async (subjects) => {
      try {
        const destroyed = keys.destroy(subjects);
        recent.forget(new Set(subjects));
        openedBefore = new WeakMap();
        await destroyed;
      } catch (thrown) {
        throw asStoreFailure(thrown);
      }
    },
  };
};
