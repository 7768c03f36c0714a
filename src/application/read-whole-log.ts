import type { EventStore } from '#domain/contracts/event-store.js';
import { isEventType, type LogEvent } from '#domain/events.js';
import type { LiveViews } from './live-views.js';

/** Folds all that the log holds now into views, with no consequences. */
export const readWholeLog = async (store: EventStore, views: LiveViews): Promise<LiveViews> => {
  for await (const event of store.readAll({ after: 0 })) {
    if (isEventType(event.type)) views.fold(event as unknown as LogEvent);
  }
  return views;
};
