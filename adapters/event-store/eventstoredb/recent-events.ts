import type { EventFilter } from '#domain/contracts/event-store.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import type { LogPage } from '../log-subscription.js';
import type { OurStreams } from './our-streams.js';

/** Who is further behind asks the server. */
const mostEvents = 4096;
/** Only matters when events are unusually large. */
const mostBytes = 16 * 1024 * 1024;

/** The end of the log as it came from the server, so that subscribers who keep up share what came once. */
export type RecentEvents = Readonly<{
  /** Position of the last event that came. */
  last: () => number;
  /** Takes the next event of the log; `size` in bytes. What came before is known already. */
  add: (event: RecordedEvent, size: number) => void;
  /** At most so many events after a position, or `undefined` when some of them are no longer here. */
  pageAfter: (position: number, filter: EventFilter | undefined, limit: number) => LogPage | undefined;
}>;

/** @param lastPosition where the log ended when the events began to come */
export const recentEvents = (lastPosition: number, ours: OurStreams): RecentEvents => {
  const kept: { event: RecordedEvent; size: number }[] = [];
  let floor = lastPosition;
  let last = lastPosition;
  let bytes = 0;

  /** Half at a time, so that what is moved in memory is moved seldom. */
  const dropOldest = (): void => {
    const dropped = kept.splice(0, Math.ceil(kept.length / 2));
    floor = dropped.at(-1)?.event.position ?? floor;
    for (const { size } of dropped) bytes -= size;
  };

  const indexAfter = (position: number): number => {
    let [low, high] = [0, kept.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((kept[middle]?.event.position ?? Infinity) > position) high = middle;
      else low = middle + 1;
    }
    return low;
  };

  return {
    last: () => last,

    add: (event, size) => {
      if (event.position <= last) return;
      last = event.position;
      kept.push({ event, size });
      bytes += size;
      if (kept.length > mostEvents || bytes > mostBytes) dropOldest();
    },

    pageAfter: (after, filter, limit) => {
      if (after < floor) return undefined;
      const matches = ours.matches(filter);
      const page = kept.slice(indexAfter(after), indexAfter(after) + limit);
      const events = page.flatMap(({ event }) => (matches(event.stream, event.type) ? [event] : []));
      return { events, upTo: page.at(-1)?.event.position ?? Math.max(after, last) };
    },
  };
};
