import { afterEach, beforeEach } from 'mocha';
import type { Store } from '#adapters/event-store/store.js';
import type { Clock } from '#domain/contracts/clock.js';
import { fakeClock, type FakeClock } from '#test/support/fake-clock.js';

/** Opens an empty store that stamps with this clock. */
export type OpenStore = (clock: Clock) => Promise<Store>;

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
