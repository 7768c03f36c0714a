import type { Clock } from '#domain/contracts/clock.js';
import type { Milliseconds } from '#domain/kernel/time.js';
import { PoolFailure } from './pool-failure.js';

type Waiter<Item> = Readonly<{ take: (item: Item) => void; refuse: (failure: PoolFailure) => void }>;

/** Who waits for something that is shared; first come, first served, and nobody for ever. */
export class WaitingLine<Item> {
  private readonly waiters = new Set<Waiter<Item>>();

  constructor(private readonly clock: Clock) {}

  get length(): number {
    return this.waiters.size;
  }

  /** @throws {PoolFailure} `busy` when it was not this one's turn in time, or what everybody is refused with */
  join(within: Milliseconds): Promise<Item> {
    return new Promise((resolve, reject) => {
      const cancel = this.clock.schedule(within, () => {
        this.waiters.delete(waiter);
        reject(new PoolFailure('busy', `no session was free within ${within} ms`));
      });
      const waiter: Waiter<Item> = {
        take: (item) => {
          cancel();
          resolve(item);
        },
        refuse: (failure) => {
          cancel();
          reject(failure);
        },
      };
      this.waiters.add(waiter);
    });
  }

  /** Gives it to the first; false when nobody waits. */
  serve(item: Item): boolean {
    const [first] = this.waiters;
    if (!first) return false;
    this.waiters.delete(first);
    first.take(item);
    return true;
  }

  refuseAll(failure: PoolFailure): void {
    for (const { refuse } of this.waiters) refuse(failure);
    this.waiters.clear();
  }
}
