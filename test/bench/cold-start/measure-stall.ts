import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import { sealedFileSnapshots } from '#adapters/snapshots/sealed-files.snapshots.js';
import type { Snapshot } from '#domain/contracts/snapshots.js';
import type { LogEvent } from '#domain/events.js';
import { keepSnapshots } from '#src/application/snapshots/keep-snapshots.js';
import { recordBusyDay, type BusyDay } from '#test/support/busy-day/busy-day.js';
import { fakeClock } from '#test/support/fake-clock.js';

/** Three agents each. */
const merchants = 167;
const callsPerMerchant = 30;
const resolutionMs = 1;

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
}>;

const rounded = (value: number): number => Number(value.toPrecision(4));

/** What taking a snapshot costs everybody else, with five hundred agents on duty and five thousand calls in progress. */
export const measureStall = async (): Promise<Stall> => {
  const day = await recordBusyDay();
  const { events: store } = memoryStore({ clock: fakeClock() });
  const append = async (events: readonly LogEvent[]): Promise<void> => {
    for (const { stream, ...event } of events) await store.append({ stream, expected: 'any', events: [event] });
  };
  for (let merchant = 1; merchant <= merchants; merchant += 1) {
    await append(day.opening(merchant));
    for (let nth = 0; nth < callsPerMerchant; nth += 1) await append(liveCall(day, merchant, nth));
  }
  const directory = await mkdtemp(join(tmpdir(), 'trunkline-bench-snapshots-'));
  try {
    const files = sealedFileSnapshots({ directory, secret: new Uint8Array(32) });
    let bytes = 0;
    const save = (snapshot: Snapshot): Promise<void> => {
      bytes = snapshot.bytes.length;
      return files.save(snapshot);
    };
    const from = { position: 0, saved: 0, log: '' };
    const keeper = keepSnapshots({ store, snapshots: { ...files, save }, from, every: Infinity, log: silent });
    keeper.begin();
    const last = await store.lastPosition();
    keeper.settled(last);
    await keeper.renewed(last);

    await append(day.opening(merchants + 1));
    const delay = monitorEventLoopDelay({ resolution: resolutionMs });
    keeper.settled(await store.lastPosition());
    delay.enable();
    const began = performance.now();
    await keeper.renewed(await store.lastPosition());
    const snapshotMs = performance.now() - began;
    delay.disable();
    await keeper.close();
    return {
      liveCalls: merchants * callsPerMerchant,
      busySnapshotBytes: bytes,
      snapshotMs: rounded(snapshotMs),
      snapshotStallMs: rounded(delay.max / 1e6),
    };
  } finally {
    await rm(directory, { recursive: true });
  }
};
