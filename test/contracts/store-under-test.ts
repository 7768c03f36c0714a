import { afterEach, beforeEach } from 'mocha';
import type { Store } from '#adapters/event-store/store.js';
import type { Clock } from '#domain/contracts/clock.js';
import { fakeClock, type FakeClock } from '#test/support/fake-clock.js';

/** Opens an empty store that stamps with this clock, unless the log has a clock of its own. */
export type OpenStore = (clock: Clock) => Promise<Store>;

/** What the contract leaves open, and an adapter's test says of its log. */
export type StoreTraits = Readonly<{
  /** `counted`: 1, 2, 3 …; `rising`: any numbers that rise. */
  positions: 'counted' | 'rising';
  /** Whose clock says `recordedAt`: the one given when the store is opened, or one that a test cannot set. */
  clock: 'given' | 'own';
  /** Bytes of JSON that fit into one event. */
  largestEvent: number;
}>;

export const embeddedLog: StoreTraits = { positions: 'counted', clock: 'given', largestEvent: 2 * 1024 * 1024 };

/** For the cases of the describe block it is called in: a fresh store and its clock for each of them. */
export const freshStore = (open: OpenStore): { readonly store: Store; readonly clock: FakeClock } => {
  let current: { store: Store; clock: FakeClock } | undefined;
  const opened = (): { store: Store; clock: FakeClock } => {
    if (!current) throw new Error('a store is there only while a case runs');
    return current;
  };

  beforeEach(async () => {
    const clock = fakeClock();
    current = { store: await open(clock), clock };
  });
  afterEach(async () => {
    await opened().store.close();
    current = undefined;
  });

  return {
    get store() {
      return opened().store;
    },
    get clock() {
      return opened().clock;
    },
  };
};
