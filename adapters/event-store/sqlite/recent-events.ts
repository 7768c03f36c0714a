import type { EventFilter } from '#domain/contracts/event-store.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { decodeEvent, type StoredEvent } from '../event-codec.js';
import { matcherOf } from '../event-filter.js';
import type { LogPage } from '../log-subscription.js';

/** Who is further behind reads the log. More would outlive the young generation of the heap, and cost its collector. */
const mostEvents = 1024;
/** Only matters when bodies are unusually large. */
const mostCharacters = 16 * 1024 * 1024;

type Slot = { readonly stored: StoredEvent; recorded: RecordedEvent | undefined };

/** The end of the log, kept in memory so that a subscriber who keeps up is fed without a look at the database. */
export type RecentEvents = Readonly<{
  /** Position of the last durable event. */
  last: () => number;
  /** Takes the next event of the log. */
  add: (stored: StoredEvent) => void;
  /** At most so many events after a position, or `undefined` when some of them are no longer here. */
  pageAfter: (position: number, filter: EventFilter | undefined, limit: number) => LogPage | undefined;
}>;

/** @param lastPosition where the log ends now */
export const recentEvents = (lastPosition: number): RecentEvents => {
  const slots: (Slot | undefined)[] = Array.from({ length: mostEvents });
  let first = lastPosition + 1;
  let last = lastPosition;
  let characters = 0;

  const slotAt = (position: number): Slot | undefined => slots[position % mostEvents];

  const dropFirst = (): void => {
    characters -= slotAt(first)?.stored.body.length ?? 0;
    slots[first % mostEvents] = undefined;
    first += 1;
  };

  return {
    last: () => last,

    add: (stored) => {
      last = stored.position;
      characters += stored.body.length;
      while (first <= last - mostEvents || (characters > mostCharacters && first < last)) dropFirst();
      slots[last % mostEvents] = { stored, recorded: undefined };
    },

    pageAfter: (after, filter, limit) => {
      if (after + 1 < first) return undefined;
      const matches = matcherOf(filter);
      const events: RecordedEvent[] = [];
      let upTo = after;
      while (upTo < last && events.length < limit) {
        upTo += 1;
        const slot = slotAt(upTo);
        if (slot && matches(slot.stored)) events.push((slot.recorded ??= decodeEvent(slot.stored)));
      }
      return { events, upTo };
    },
  };
};
