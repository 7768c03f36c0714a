import type { Clock } from '#domain/contracts/clock.js';
import {
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
import type { Openness } from '../openness.js';
import { subscriptionsTo } from '../subscriptions.js';

/** The most events that a subscriber is handed at once. */
const pageSize = 512;

/**
 * The log in memory, for tests: gone with the process, otherwise as strict as the durable one. Events are kept as
 * text, so what comes back is a copy and shows what the encoding does to it.
 */
export const memoryEventStore = ({ clock, open }: Readonly<{ clock: Clock; open: Openness }>): EventStore => {
  const log: StoredEvent[] = [];
  const positionsOf = new Map<StreamId, number[]>();

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
      open.require();
      requireEvents(append);
      const head = noHead + (positionsOf.get(append.stream)?.length ?? 0);
      return meets(expectedHead(append.expected), head) ? write(append, head) : conflictAt(head);
    },

    readStream: async (stream, fromRevision = 0) => {
      open.require();
      return (positionsOf.get(stream) ?? []).slice(Math.max(0, fromRevision)).flatMap(at);
    },

    readAll: async function* ({ after, filter, limit = Infinity }: ReadAll) {
      open.require();
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
      open.require();
      return positions.flatMap(at);
    },

    subscribe: (subscribe) => {
      open.require();
      return subscriptions.add(subscribe);
    },

    lastPosition: async () => {
      open.require();
      return log.length;
    },

    close: async () => {
      open.end();
      subscriptions.end();
    },
  };
};
