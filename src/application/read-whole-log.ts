import type { EventStore } from '#domain/contracts/event-store.js';
import { isEventType, type LogEvent } from '#domain/events.js';
import type { LiveViews } from './live-views.js';
import { folderOf, type LogState } from './log-state.js';

/** Folds all that the log holds now, and the views do not yet, into them, with no consequences. */
export const readWholeLog = async (store: EventStore, views: LiveViews): Promise<LiveViews> => {
  for await (const event of store.readAll({ after: views.position() })) {
    if (isEventType(event.type)) views.fold(event as unknown as LogEvent);
  }
  return views;
};

/** Brings a state to where the log ends now. */
export const readOn = async (store: EventStore, state: LogState): Promise<LogState> => {
  const fold = folderOf(state);
  for await (const event of store.readAll({ after: state.position })) fold(event);
  return state;
};
