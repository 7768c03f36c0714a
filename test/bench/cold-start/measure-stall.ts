import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import { sealedFileSnapshots } from '#adapters/snapshots/sealed-files.snapshots.js';
import type { LogEvent } from '#domain/events.js';
import { forgetChanges } from '#src/application/live-views.js';
import { emptyLogState, folderOf } from '#src/application/log-state.js';
import { keepSnapshots } from '#src/application/snapshots/keep-snapshots.js';
import { encodeSnapshot } from '#src/application/snapshots/snapshot-format.js';
import { recordBusyDay, type BusyDay } from '#test/support/busy-day/busy-day.js';
import { fakeClock } from '#test/support/fake-clock.js';

/** Three agents each. */
const merchants = 167;
const callsPerMerchant = 30;
const resolutionMs = 1;
const repeats = 5;

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** The first call of a shift, up to where agent and customer talk and write to each other. */
const liveCall = (day: BusyDay, merchant: number, nth: number): readonly LogEvent[] => {
  const shift = day.shift(merchant, nth);
  return shift.slice(
    0,
    shift.findIndex(({ type }) => type === 'ClearConnectionRequested'),
  );
};

export type Stall = Readonly<{
  liveCalls: number;
  busySnapshotBytes: number;
  /** From being asked for a snapshot until it is durable. */
  snapshotMs: number;
  /** The longest that anything else had to wait meanwhile. */
  snapshotStallMs: number;
  /** The same for as long a time with nothing to do: what the machine does to everybody. */
  idleStallMs: number;
}>;

type Taken = Readonly<{ ms: number; longestMs: number }>;

const median = (values: readonly number[]): number =>
  Number(([...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN).toPrecision(4));

/** How long it takes, and how long the event loop was held up at most meanwhile. */
const longestWait = async (act: () => Promise<unknown>): Promise<Taken> => {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  const began = performance.now();
  await act();
  const ms = performance.now() - began;
  delay.disable();
  return { ms, longestMs: delay.max / 1e6 - resolutionMs };
};

/** What taking a snapshot costs everybody else, with five hundred agents on duty and five thousand calls in progress. */
export const measureStall = async (): Promise<Stall> => {
  const day = await recordBusyDay();
  // Stays on this heap, as the views of the running product do.
  const state = emptyLogState();
  const fold = folderOf(state);
  for (let merchant = 1; merchant <= merchants; merchant += 1) {
    day.opening(merchant).forEach(fold);
    for (let nth = 0; nth < callsPerMerchant; nth += 1) liveCall(day, merchant, nth).forEach(fold);
  }
  forgetChanges(state.folds);
  const bytes = encodeSnapshot(state, 'bench');

  const { events: store } = memoryStore({ clock: fakeClock() });
  const directory = await mkdtemp(join(tmpdir(), 'trunkline-bench-snapshots-'));
  const snapshots = sealedFileSnapshots({ directory, secret: new Uint8Array(32) });
  const from = { position: 0, saved: 0, log: 'bench', bytes };
  const keeper = keepSnapshots({ store, snapshots, from, every: Infinity, log: silent });
  keeper.begin();
  const takeOne = async (nth: number): Promise<Taken> => {
    for (const { stream, ...event } of day.opening(merchants + nth)) {
      await store.append({ stream, expected: 'any', events: [event] });
    }
    const now = await store.lastPosition();
    keeper.settled(now);
    return longestWait(() => keeper.renewed(now));
  };
  try {
    await takeOne(0);
    const taken: Taken[] = [];
    const idle: number[] = [];
    for (let nth = 1; nth <= repeats; nth += 1) {
      const took = await takeOne(nth);
      taken.push(took);
      idle.push((await longestWait(() => wait(took.ms))).longestMs);
    }
    return {
      liveCalls: state.folds.windows.windows.size,
      busySnapshotBytes: bytes.length,
      snapshotMs: median(taken.map(({ ms }) => ms)),
      snapshotStallMs: median(taken.map(({ longestMs }) => longestMs)),
      idleStallMs: median(idle),
    };
  } finally {
    await keeper.close();
    await rm(directory, { recursive: true });
  }
};
