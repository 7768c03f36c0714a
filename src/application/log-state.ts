import { isEventType, type LogEvent } from '#domain/events.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { emptyFolds, foldInto, type Folds } from './live-views.js';
import { foldStream, type StreamStates } from './stream-states.js';

/** All that is kept in memory of the log up to a position. */
export type LogState = {
  folds: Folds;
  streams: StreamStates;
  position: number;
  /** Of the event at that position; empty before the first. */
  eventId: string;
};

export const emptyLogState = (): LogState => ({ folds: emptyFolds(), streams: new Map(), position: 0, eventId: '' });

/** @returns what takes the next events of the log; a view that cannot deal with one goes without it, as it does live */
export const folderOf = (state: LogState): ((event: RecordedEvent) => void) => {
  const fold = foldInto(state.folds);
  return (event) => {
    state.position = event.position;
    state.eventId = event.id;
    if (!isEventType(event.type)) return;
    fold(event as unknown as LogEvent);
    foldStream(state.streams, event as unknown as LogEvent);
  };
};
