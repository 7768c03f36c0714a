import type { EventStore } from '#domain/contracts/event-store.js';
import type { Snapshots } from '#domain/contracts/snapshots.js';
import type { Log } from '../log.js';
import { emptyLogState, type LogState } from '../log-state.js';
import { decodeSnapshot, unfitness } from './snapshot-format.js';

/** What a start begins with instead of the beginning of the log. */
export type Recalled = Readonly<{
  /** 0: nothing was kept that could be used. */
  position: number;
  /** Id of the log's first event; empty while there is none. */
  log: string;
  bytes?: Uint8Array;
  /** The state at that position, a new copy each time. */
  state: () => LogState;
}>;

type Tools = Readonly<{
  store: EventStore;
  snapshots: Pick<Snapshots, 'kept' | 'load'>;
  /** What a former process has dealt with: from further on nothing can be decided again as it would have been. */
  settled: number;
  log: Log;
}>;

const firstEventId = async (store: EventStore): Promise<string> => {
  for await (const { id } of store.readAll({ after: 0, limit: 1 })) return id;
  return '';
};

type Usable = Readonly<{ bytes: Uint8Array; state: LogState }>;

/** Finds the newest snapshot that is whole and is this log's; says of each that is not, and why, that it goes without. */
export const recall = async ({ store, snapshots, settled, log }: Tools): Promise<Recalled> => {
  const [first, last] = [await firstEventId(store), await store.lastPosition()];

  const use = async (position: number): Promise<Usable | string> => {
    if (position > last) return `it is ahead of the log, which ends at ${last}`;
    if (position > settled) return `the last run had dealt with the log only up to ${settled}`;
    const loaded = await snapshots.load(position);
    if (loaded.outcome === 'unusable') return loaded.why;
    try {
      const [there] = await store.readAt([position]);
      const why = unfitness(loaded.bytes, first, there?.id);
      return why ?? { bytes: loaded.bytes, state: decodeSnapshot(loaded.bytes) };
    } catch (error) {
      return `it cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    }
  };

  for (const position of await snapshots.kept()) {
    const usable = await use(position);
    if (typeof usable === 'string') {
      log.warn({ snapshot: position, why: usable }, 'a snapshot is not used');
      continue;
    }
    const { bytes } = usable;
    let state: LogState | undefined = usable.state;
    return {
      position,
      log: first,
      bytes,
      state: () => {
        const decoded = state ?? decodeSnapshot(bytes);
        state = undefined;
        return decoded;
      },
    };
  }
  if (last > 0) log.info({ upTo: last }, 'there is no snapshot to begin with; the whole log is read');
  return { position: 0, log: first, state: emptyLogState };
};
