import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import type { Openness } from '../openness.js';
import { subscriptionsTo, type Subscriptions } from '../subscriptions.js';
import { pageSize, type EventReader } from './event-reader.js';
import type { RecentEvents } from './recent-events.js';
import { failureOf } from './sqlite-failure.js';
import type { WriteQueue } from './write-queue.js';

type Parts = Readonly<{
  queue: WriteQueue;
  reader: EventReader;
  recent: RecentEvents;
  subscriptions: Subscriptions;
  open: Openness;
  close: () => Promise<void>;
}>;

/** Who keeps up is fed from memory, who lags behind from the log. */
export const subscriptionsFrom = (recent: RecentEvents, reader: EventReader): Subscriptions =>
  subscriptionsTo({
    last: recent.last,
    pageAfter: (position, filter) =>
      recent.pageAfter(position, filter, pageSize) ?? reader.pageAfter(position, recent.last(), filter, pageSize),
  });

/** The durable log: writes go to the writer's thread, readings to this thread's own connection. */
export const sqliteEventStore = ({ queue, reader, recent, subscriptions, open, close }: Parts): EventStore => {
  const read = <Answer>(reading: () => Answer): Answer => {
    open.require();
    try {
      return reading();
    } catch (thrown) {
      throw failureOf(thrown);
    }
  };

  return {
    append: queue.append,

    readStream: async (stream, fromRevision = 0) => {
      const events: RecordedEvent[] = [];
      let next = fromRevision;
      for (;;) {
        const page = read(() => reader.streamPage(stream, next));
        events.push(...page.events);
        if (page.atEnd) return events;
        next = (events.at(-1)?.revision ?? next) + 1;
        await nextTurn();
      }
    },

    readAll: async function* ({ after, filter, limit = Infinity }) {
      open.require();
      const last = recent.last();
      let [position, left] = [after, limit];
      while (position < last && left > 0) {
        const page = read(() => reader.pageAfter(position, last, filter, Math.min(left, pageSize)));
        yield* page.events;
        left -= page.events.length;
        position = page.upTo;
        if (position < last) await nextTurn();
      }
    },

    readAt: async (positions) => {
      const events: RecordedEvent[] = [];
      for (const [index, position] of positions.entries()) {
        const event = read(() => reader.at(position));
        if (event) events.push(event);
        if (index % pageSize === pageSize - 1) await nextTurn();
      }
      return events;
    },

    subscribe: (subscribe) => {
      open.require();
      return subscriptions.add(subscribe);
    },

    lastPosition: async () => {
      open.require();
      return recent.last();
    },

    close,
  };
};
