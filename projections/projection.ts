import type { EventType, LogEvent, LogEventOf } from '#domain/events.js';

/**
 * A fold of the log. It owns its view and changes it in place; nothing else may. Same events, same view: no clock, no
 * query, no order but the log's. `on` is the list of what it listens to.
 */
export type Projection<View, Handled extends EventType = EventType> = Readonly<{
  name: string;
  /** Raise it to rebuild. */
  version: number;
  empty: () => View;
  on: { readonly [Type in Handled]: (view: View, event: LogEventOf<Type>) => void };
}>;

/** Folds one event, if the projection listens to it. */
export const fold = <View, Handled extends EventType>(
  projection: Projection<View, Handled>,
  view: View,
  event: LogEvent,
): void => {
  const handlers = projection.on as Partial<Record<EventType, (view: View, event: LogEvent) => void>>;
  handlers[event.type]?.(view, event);
};
