import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach } from 'mocha';
import type { Store } from '#adapters/event-store/store.js';
import type { EventFilter, EventStore, Subscribe, Subscription } from '#domain/contracts/event-store.js';
import { categoryOf, type StreamId } from '#domain/kernel/ids.js';
import type { Clock } from '#domain/contracts/clock.js';
import { openOnFake } from './esdb-under-test.js';

/** A log whose answers come over a network: time must not pass on the test's clock before they are there. */
export type WorldLog = Readonly<{
  store: Store;
  /**
   * Resolves when all that was asked of the log is answered, and whoever follows it has heard of it. `fallDue`: what falls
   * due at this moment, because of an answer that has come, happens at this moment.
   */
  settled: (fallDue: () => void) => Promise<void>;
}>;

/** Turns of the event loop without anything under way after which nothing more is expected. */
const calmTurns = 4;
/** A story that is stuck goes on, and fails where it says what it waits for. */
const mostMilliseconds = 5_000;

const wanted = ({ categories, types }: EventFilter = {}, stream: StreamId, type: string): boolean =>
  (!types || types.includes(type)) && (!categories || (categories as string[]).includes(categoryOf(stream)));

/** Who follows the log: what it has heard, what it has still to hear of, and whether it is dealing with a batch. */
type Follower = {
  filter: EventFilter | undefined;
  heard: Set<string>;
  missing: Set<string>;
  catchingUp: boolean;
  busy: boolean;
};

/** Knows of all that is under way between the product and its log. */
class Traffic {
  private underWay = 0;
  private readonly followers = new Set<Follower>();

  async during<Answer>(asking: Promise<Answer>): Promise<Answer> {
    this.underWay += 1;
    try {
      return await asking;
    } finally {
      this.underWay -= 1;
    }
  }

  written(stream: StreamId, events: readonly Readonly<{ id: string; type: string }>[]): void {
    for (const { filter, heard, missing } of this.followers) {
      for (const { id, type } of events) if (wanted(filter, stream, type) && !heard.has(id)) missing.add(id);
    }
  }

  follow(events: EventStore, subscribe: Subscribe): Subscription {
    const follower: Follower = {
      filter: subscribe.filter,
      heard: new Set(),
      missing: new Set(),
      catchingUp: true,
      busy: false,
    };
    this.followers.add(follower);
    const subscription = events.subscribe({
      ...subscribe,
      handle: async (batch) => {
        for (const { id } of batch) {
          follower.heard.add(id);
          follower.missing.delete(id);
        }
        follower.busy = true;
        await subscribe.handle(batch);
        follower.busy = false;
      },
      onStopped: (error) => {
        this.followers.delete(follower);
        subscribe.onStopped(error);
      },
    });
    const caughtUp = (): void => {
      follower.catchingUp = false;
    };
    subscription.caughtUp.then(caughtUp, caughtUp);
    return {
      caughtUp: subscription.caughtUp,
      close: () => {
        this.followers.delete(follower);
        return subscription.close();
      },
    };
  }

  async settled(fallDue: () => void): Promise<void> {
    const began = performance.now();
    for (let calm = 0; calm < calmTurns && performance.now() - began < mostMilliseconds;) {
      await nextTurn();
      fallDue();
      calm = this.isQuiet() ? calm + 1 : 0;
    }
  }

  /** Whoever waits for the clock while it deals with a batch, or was killed over it, gets no other. */
  private isQuiet(): boolean {
    const rests = ({ busy, catchingUp, missing }: Follower): boolean => busy || (!catchingUp && missing.size === 0);
    return this.underWay === 0 && [...this.followers].every(rests);
  }
}

const watched = (opening: Promise<Store>, traffic: Traffic): Store => {
  let opened: Store | undefined;
  void opening.then((store) => (opened = store));
  const ask = <Answer>(act: (store: Store) => Promise<Answer>): Promise<Answer> => traffic.during(opening.then(act));
  const close = async (): Promise<void> => (await opening).close();
  return {
    events: {
      append: async (append) => {
        const result = await ask(({ events }) => events.append(append));
        if (result.outcome === 'appended') traffic.written(append.stream, append.events);
        return result;
      },
      readStream: (stream, from) => ask(({ events }) => events.readStream(stream, from)),
      readAll: async function* (read) {
        const { events } = await opening;
        yield* events.readAll(read);
      },
      readAt: (positions) => ask(({ events }) => events.readAt(positions)),
      subscribe: (subscribe) => {
        if (!opened) throw new Error('whoever follows the log has written to it before');
        return traffic.follow(opened.events, subscribe);
      },
      lastPosition: () => ask(({ events }) => events.lastPosition()),
      close,
    },
    effects: {
      begin: (key) => ask(({ effects }) => effects.begin(key)),
      complete: (key) => ask(({ effects }) => effects.complete(key)),
    },
    checkpoints: {
      load: (consumer) => ask(({ checkpoints }) => checkpoints.load(consumer)),
      save: (consumer, position) => ask(({ checkpoints }) => checkpoints.save(consumer, position)),
    },
    close,
  };
};

const open = new Set<Store>();

/** Stories that run on it are to be closed behind: a server, its connections and a file for each world. */
export const closeWorldsAfterEach = (): void => {
  afterEach(async () => {
    await Promise.all([...open].map((store) => store.close()));
    open.clear();
  });
};

/** A world's log on a server of its own that speaks EventStoreDB's protocol. */
export const eventStoreDbWorldLog = (clock: Clock): WorldLog => {
  const traffic = new Traffic();
  const store = watched(openOnFake(clock), traffic);
  open.add(store);
  return { store, settled: (fallDue) => traffic.settled(fallDue) };
};
