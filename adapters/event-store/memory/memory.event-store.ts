import type { Clock } from '#domain/contracts/clock.js';
import {
  EventStoreFailure,
  type Append,
  type AppendResult,
  type EventFilter,
  type EventStore,
  type ReadAll,
} from '#domain/contracts/event-store.js';
import type { StreamId } from '#domain/kernel/ids.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { instant } from '#domain/kernel/time.js';
import { decodeEvent, encodeBody, type StoredEvent } from '../event-codec.js';
import { matcherOf } from '../event-filter.js';
import { conflictAt, expectedHead, meets, noHead, requireEvents } from '../expected-revision.js';
import type { LogPage } from '../log-subscription.js';
import { subscriptionsTo } from '../subscriptions.js';

/** The most events that a subscriber is handed at once. */
const pageSize = 512;

/**
 * The log in memory, for tests: gone with the process, otherwise as strict as the durable one. Events are kept as
 * text, so what comes back is a copy and shows what the encoding does to it.
 */
export const memoryEventStore = ({ clock }: Readonly<{ clock: Clock }>): EventStore => {
  const log: StoredEvent[] = [];
  const positionsOf = new Map<StreamId, number[]>();
  let closed = false;

  const requireOpen = (): void => {
    if (closed) throw new EventStoreFailure('closed', 'the event store is closed');
  };

  const at = (position: number): RecordedEvent[] => {
    const stored = log[position - 1];
    return stored ? [decodeEvent(stored)] : [];
  };

  const pageAfter = (position: number, filter: EventFilter | undefined): LogPage => {
    const page = log.slice(position, position + pageSize);
    return { events: page.filter(matcherOf(filter)).map(decodeEvent), upTo: position + page.length };
  };

  const subscriptions = subscriptionsTo({ last: () => log.length, pageAfter });

  const write = ({ stream, events }: Append, head: number): AppendResult => {
    const bodies = events.map(encodeBody);
    const positions = positionsOf.get(stream) ?? [];
    const recordedAt = instant(Math.max(clock.now(), log.at(-1)?.recordedAt ?? 0));
    events.forEach(({ type }, index) => {
      const [position, body] = [log.length + 1, bodies[index] ?? ''];
      log.push({ position, stream, revision: head + 1 + index, type, recordedAt, body });
      positions.push(position);
    });
    positionsOf.set(stream, positions);
    subscriptions.wake();
    return { outcome: 'appended', revision: head + events.length, position: log.length };
  };

  return {
    append: async (append) => {
      requireOpen();
      requireEvents(append);
      const head = noHead + (positionsOf.get(append.stream)?.length ?? 0);
      return meets(expectedHead(append.expected), head) ? write(append, head) : conflictAt(head);
    },

    readStream: async (stream, fromRevision = 0) => {
      requireOpen();
      return (positionsOf.get(stream) ?? []).slice(fromRevision).flatMap(at);
    },

    readAll: async function* ({ after, filter, limit = Infinity }: ReadAll) {
      requireOpen();
      const matches = matcherOf(filter);
      const last = log.length;
      for (let position = after + 1, found = 0; position <= last && found < limit; position += 1) {
        const stored = log[position - 1];
        if (!stored || !matches(stored)) continue;
        found += 1;
        yield decodeEvent(stored);
      }
    },

    readAt: async (positions) => {
      requireOpen();
      return positions.flatMap(at);
    },

    subscribe: (subscribe) => {
      requireOpen();
      return subscriptions.add(subscribe);
    },

    lastPosition: async () => {
      requireOpen();
      return log.length;
    },

    close: async () => {
      closed = true;
      subscriptions.end();
    },
  };
};
