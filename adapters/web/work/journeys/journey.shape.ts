import type { LogEvent } from '#domain/events.js';
import { gatewayCalls, lanes, laneOf, type Lane } from './lanes.js';

/** One event where it stands in the drawing. */
export type Placed = Readonly<{
  event: LogEvent;
  row: number;
  lane: Lane;
  /** By how much the log heard of it after it happened; negative: the source's clock is ahead. Milliseconds. */
  lateness: number;
  /** Since what stands above it in the log; milliseconds. */
  gap: number;
  /** The event that led to it, where that is one of this journey. */
  cause?: Placed;
}>;

export type Shape = Readonly<{
  placed: readonly Placed[];
  /** Those that have something on them, in their fixed order. */
  lanes: readonly Lane[];
  effectsOf: (placed: Placed) => readonly Placed[];
}>;

/** Lateness from which somebody should look: a report that came a second after the fact. */
export const late = 1000;
/** A clock that is this far ahead is wrong, not early. */
export const ahead = -250;

/** A journey as it is drawn: order of the log from top to bottom, place from left to right. */
export const shapeOf = (events: readonly LogEvent[]): Shape => {
  const throughGateway = gatewayCalls(events);
  const byId = new Map<string, Placed>();
  const effects = new Map<string, Placed[]>();
  const placed = events.map((event, row) => {
    const cause = byId.get(event.meta.causationId);
    const before = events[row - 1];
    const here: Placed = {
      event,
      row,
      lane: laneOf(event, throughGateway),
      lateness: event.recordedAt - event.meta.occurredAt,
      gap: before ? event.recordedAt - before.recordedAt : 0,
      ...(cause && { cause }),
    };
    byId.set(event.id, here);
    if (cause) effects.set(cause.event.id, [...(effects.get(cause.event.id) ?? []), here]);
    return here;
  });
  const used = new Set(placed.map(({ lane }) => lane));
  return {
    placed,
    lanes: lanes.filter((lane) => lane !== 'records' || used.has(lane)),
    effectsOf: ({ event }) => effects.get(event.id) ?? [],
  };
};

/** Whose story it is, and what it began with. */
export const subjectOf = (events: readonly LogEvent[]): Readonly<{ customer?: string; page?: string }> => {
  const subject: { customer?: string; page?: string } = {};
  for (const event of events) {
    if (event.type === 'CustomerIdentified') subject.customer = event.data.customerRef;
    if (event.type === 'IconClicked') subject.page ??= event.data.page.title;
  }
  return subject;
};

/** Everything that led to it, nearest first. */
export const causesOf = (placed: Placed): readonly Placed[] => {
  const found: Placed[] = [];
  for (let { cause } = placed; cause; { cause } = cause) found.push(cause);
  return found;
};
