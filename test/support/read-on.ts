import type { EventStore } from '#domain/contracts/event-store.js';
import { catchUp } from '#src/application/catch-up.js';
import { emptyLogState, type LogState } from '#src/application/log-state.js';

/** The state, brought to where the log ends now. */
export const readOn = async (store: EventStore, state: LogState): Promise<LogState> => {
  await catchUp(store, state);
  return state;
};

/** What all of the log makes. */
export const readWholeLog = (store: EventStore): Promise<LogState> => readOn(store, emptyLogState());
