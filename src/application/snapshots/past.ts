import type { Checkpoints } from '#domain/contracts/checkpoints.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { Snapshots } from '#domain/contracts/snapshots.js';
import { catchUp } from '../catch-up.js';
import { settledBy } from '../follow-log.js';
import { forgetChanges } from '../live-views.js';
import type { Log } from '../log.js';
import type { LogState } from '../log-state.js';
import type { StreamStates } from '../stream-states.js';
import { keepSnapshots, type SnapshotKeeper } from './keep-snapshots.js';
import { recall } from './recall.js';
import { encodeSnapshot } from './snapshot-format.js';

export type OpenPast = Readonly<{
  store: EventStore;
  checkpoints: Checkpoints;
  /** Left out: the whole log is read at each start, and nothing is kept. */
  snapshots?: Snapshots;
  /** A snapshot after each so many events. */
  every: number;
  log: Log;
}>;

/** What the log had come to when the process began. */
export type Past = Readonly<{
  /** States of the streams that go on, for whoever writes to them. */
  streams: StreamStates;
  /**
   * Reads what has been written since, and tells where live views begin: as late as what follows from each event after it
   * can still be decided as of that event. They are the caller's from then on.
   */
  beginning: () => Promise<LogState>;
  /** The log as it stood at the beginning of the live views. */
  known: () => LogState;
  keeper?: SnapshotKeeper;
}>;

const nothingKept: Omit<Snapshots, 'elsewhere'> = {
  kept: () => Promise.resolve([]),
  load: () => Promise.resolve({ outcome: 'unusable', why: 'none is kept' }),
  save: () => Promise.resolve(),
  forgetBefore: () => Promise.resolve(),
};

/** Brings back what had been made of the log, from the newest snapshot that can be used and the log after it. */
export const openPast = async ({ store, checkpoints, snapshots, every, log }: OpenPast): Promise<Past> => {
  log.debug({}, 'the log is open');
  const settled = await settledBy(checkpoints);
  const recalled = await recall({ store, snapshots: snapshots ?? nothingKept, settled, log });
  log.debug({ position: recalled.position }, 'what was kept is there');
  const state = recalled.state();
  const events = await catchUp(store, state);
  log.debug({ events }, 'the log is read');
  forgetChanges(state.folds);

  // What has taken long to read is handed to the thread as it is, rather than read there again.
  const readLong = events >= every;
  const { position, bytes } = readLong
    ? { position: state.position, bytes: encodeSnapshot(state, recalled.log) }
    : recalled;
  const from = { position, saved: recalled.position, log: recalled.log, ...(bytes && { bytes }) };

  return {
    streams: state.streams,
    beginning: async () => {
      await catchUp(store, state);
      return state.position <= settled ? state : recalled.state();
    },
    known: () => state,
    ...(snapshots && { keeper: keepSnapshots({ store, snapshots, from, every, log }) }),
  };
};
