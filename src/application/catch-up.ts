import type { EventStore } from '#domain/contracts/event-store.js';
import { folderOf, type LogState } from './log-state.js';

/** Brings a state to where the log ends now, with no consequences; answers how many events that took. */
export const catchUp = async (store: EventStore, state: LogState): Promise<number> => {
  const fold = folderOf(state);
  let events = 0;
  for await (const event of store.readAll({ after: state.position })) {
    fold(event);
    events += 1;
  }
  return events;
};
