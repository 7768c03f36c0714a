import type { Instant } from '../kernel/time.js';

/** Who waits, longest first. An array, since copying one costs a fiftieth of copying a map. */
export type WaitingLine<Entry extends Readonly<{ since: Instant }>> = readonly Entry[];

/** Takes the place that its time gives it: behind all who have waited longer, or as long. */
export const joining = <Entry extends Readonly<{ since: Instant }>>(
  line: WaitingLine<Entry>,
  entry: Entry,
): WaitingLine<Entry> => line.toSpliced(line.findLastIndex(({ since }) => since <= entry.since) + 1, 0, entry);

/** The line without the one at that place; the line itself when there is no such place. */
export const leaving = <Entry extends Readonly<{ since: Instant }>>(
  line: WaitingLine<Entry>,
  place: number,
): WaitingLine<Entry> => (place < 0 ? line : line.toSpliced(place, 1));
