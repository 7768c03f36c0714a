import type { SteadyClock } from '#domain/contracts/clock.js';
import type { Checkpoints } from '#domain/contracts/checkpoints.js';
import type { EffectLedger } from '#domain/contracts/effect-ledger.js';
import type { EventStore } from '#domain/contracts/event-store.js';

type Storage = Readonly<{ events: EventStore; effects: EffectLedger; checkpoints: Checkpoints }>;

export type Mortal = Readonly<{
  store: Storage;
  clock: SteadyClock;
  /** From now on nothing of this process reaches the disk, hears from it, or wakes up. */
  kill: () => void;
  /** Resolves when it is dead. */
  died: Promise<void>;
}>;

const never = new Promise<never>(() => undefined);

/**
 * Storage and time as a process has them that may be killed at any moment. `diesAfter`: so many appends reach the disk; the
 * process does not live to hear of the last.
 */
export const mortal = (store: Storage, clock: SteadyClock, diesAfter = Infinity): Mortal => {
  let alive = true;
  const isAlive = (): boolean => alive;
  let appends = 0;
  let onDeath = (): void => undefined;
  const died = new Promise<void>((resolve) => {
    onDeath = resolve;
  });
  const kill = (): void => {
    alive = false;
    onDeath();
  };
  const whileAlive =
    <Args extends readonly unknown[], Answer>(act: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      if (!isAlive()) return never;
      const answer = await act(...args);
      return isAlive() ? answer : never;
    };
  return {
    store: {
      events: {
        append: whileAlive((append) => {
          appends += 1;
          const written = store.events.append(append);
          if (appends >= diesAfter) kill();
          return written;
        }),
        readStream: whileAlive((stream, from) => store.events.readStream(stream, from)),
        readAll: (read) => store.events.readAll(read),
        readAt: whileAlive((positions) => store.events.readAt(positions)),
        subscribe: (subscribe) =>
          store.events.subscribe({
            ...subscribe,
            handle: (events) => (isAlive() ? subscribe.handle(events) : undefined),
          }),
        lastPosition: () => store.events.lastPosition(),
        close: () => Promise.resolve(),
      },
      effects: {
        begin: whileAlive((key) => store.effects.begin(key)),
        complete: whileAlive((key) => store.effects.complete(key)),
      },
      checkpoints: {
        load: whileAlive((consumer) => store.checkpoints.load(consumer)),
        save: whileAlive((consumer, position) => store.checkpoints.save(consumer, position)),
      },
    },
    clock: {
      now: () => clock.now(),
      elapsed: () => clock.elapsed(),
      schedule: (delay, run) =>
        clock.schedule(delay, () => {
          if (isAlive()) run();
        }),
    },
    kill,
    died,
  };
};
