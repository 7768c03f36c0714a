import type { Checkpoints } from '#domain/contracts/checkpoints.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { EventPublisher, PublishingHealth } from '#domain/contracts/event-publisher.js';
import type { EventStore, Subscription } from '#domain/contracts/event-store.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import type { Instant, Milliseconds } from '#domain/kernel/time.js';
import type { Log } from './log.js';

export type PublishLog = Readonly<{
  /** Names the publisher: in its checkpoint, in health and in warnings. */
  name: string;
  store: EventStore;
  checkpoints: Checkpoints;
  publisher: EventPublisher;
  clock: Clock;
  log: Log;
  /** An event that has waited so long is worth a warning. */
  warnAfter: Milliseconds;
}>;

export type LogPublication = Readonly<{ health: () => PublishingHealth; close: () => Promise<void> }>;

/** Handed on together; the next ones are made ready while these are on their way. */
const portion = 1_000;
/** Handed on and not yet taken: more wait in the log, which has room. */
const mostUnderWay = 12 * portion;
const watchEveryMs = 1_000;
const saveEveryMs = 250;
/** How long the end waits for what is under way. */
const farewellMs = 2_000;
/** Behind by this much is worth a warning, however fresh the oldest of them is. */
const warnBehind = 50_000;

type UnderWay = Readonly<{ upTo: number; count: number; oldest: Instant }> & { taken: boolean };

/**
 * Follows the log for a publisher, at its own pace: one that is slow or away holds up nobody. What it has taken is
 * remembered, so that a restart goes on from there; what was under way then is published again.
 */
export const publishLog = async (tools: PublishLog): Promise<LogPublication> => {
  const { name, store, checkpoints, publisher, clock, log, warnAfter } = tools;
  const consumer = `publish:${name}`;
  const underWay: UnderWay[] = [];
  let eventsUnderWay = 0;
  let published = await checkpoints.load(consumer);
  let saved = published;
  let handedOn = published;
  let end = published;
  let late = false;
  let closed = false;
  const isClosed = (): boolean => closed;
  let roomAgain = (): void => undefined;
  const timers = new Set<() => void>();

  const every = (delay: Milliseconds, act: () => Promise<void>): void => {
    const cancel = clock.schedule(delay, () => {
      timers.delete(cancel);
      void act()
        .catch((error: unknown) => {
          log.warn({ publisher: name, error }, 'publishing could not be watched; will be tried again');
        })
        .finally(() => {
          if (!closed) every(delay, act);
        });
    });
    timers.add(cancel);
  };

  /** Only what has nothing unpublished before it counts. */
  const settle = (): void => {
    for (let [first] = underWay; first?.taken === true; [first] = underWay) {
      published = first.upTo;
      eventsUnderWay -= first.count;
      underWay.shift();
    }
    roomAgain();
  };

  const handOn = (events: readonly RecordedEvent[]): void => {
    const [first, last] = [events[0], events.at(-1)];
    if (!first || !last) return;
    const entry: UnderWay = { upTo: last.position, count: events.length, oldest: first.recordedAt, taken: false };
    underWay.push(entry);
    eventsUnderWay += entry.count;
    handedOn = last.position;
    publisher.publish(events).then(
      () => {
        entry.taken = true;
        settle();
      },
      (error: unknown) => {
        if (!closed) log.error({ publisher: name, position: first.position, error }, 'publishing has ended');
      },
    );
  };

  const handle = async (events: readonly RecordedEvent[]): Promise<void> => {
    for (let from = 0; from < events.length && !closed; from += portion) {
      handOn(events.slice(from, from + portion));
      while (eventsUnderWay >= mostUnderWay && !isClosed()) {
        await new Promise<void>((resolve) => {
          roomAgain = resolve;
        });
      }
    }
  };

  const follow = (): Subscription => {
    const subscription = store.subscribe({
      after: handedOn,
      handle,
      onStopped: (error) => {
        if (closed) return;
        log.error({ publisher: name, after: handedOn, error }, 'the log could not be followed; will be tried again');
        timers.add(
          clock.schedule(watchEveryMs, () => {
            if (!closed) following = follow();
          }),
        );
      },
    });
    // Whether it has caught up is told by its health; that it ended, by `onStopped`.
    subscription.caughtUp.catch(() => undefined);
    return subscription;
  };
  let following = follow();

  const save = async (): Promise<void> => {
    const reached = published;
    if (reached <= saved) return;
    await checkpoints.save(consumer, reached);
    saved = reached;
  };

  /** Says it once when events wait for too long, and once when they no longer do. */
  const watch = async (): Promise<void> => {
    end = await store.lastPosition();
    const [oldest] = underWay;
    const waited = oldest ? clock.now() - oldest.oldest : 0;
    const isLate = waited > warnAfter || end - published > warnBehind;
    if (isLate === late) return;
    late = isLate;
    const fields = { publisher: name, position: published, lag: end - published, waited, trouble: publisher.trouble() };
    if (late) log.warn(fields, 'events wait to be published');
    else log.info(fields, 'events are published without delay again');
  };

  /** What is under way and gets through now need not be told again after a restart. */
  const untilTaken = async (): Promise<void> => {
    const deadline = clock.now() + farewellMs;
    while (underWay.length > 0 && publisher.trouble() === undefined && clock.now() < deadline) {
      await new Promise<void>((resolve) => {
        const cancel = clock.schedule(saveEveryMs, resolve);
        roomAgain = () => {
          cancel();
          resolve();
        };
      });
    }
  };

  every(saveEveryMs, save);
  every(watchEveryMs, watch);

  return {
    health: () => {
      const lag = Math.max(0, end - published, handedOn - published);
      return { name, position: published, lag, state: late ? 'late' : lag > 0 ? 'behind' : 'up-to-date' };
    },
    close: async () => {
      closed = true;
      for (const cancel of timers) cancel();
      roomAgain();
      await following.close();
      await untilTaken();
      await publisher.close();
      await save();
    },
  };
};
