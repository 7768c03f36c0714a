import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { EventStore, Subscribe, Subscription } from '#domain/contracts/event-store.js';
import { categoryOf, type StreamCategory } from '#domain/kernel/ids.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { aCall, anEvent, anna, boris, someEvents } from '#test/support/store-events.js';
import {
  collect,
  failureIn,
  gate,
  happened,
  logPositions,
  positionsOf,
  positionsTold,
  range,
  typesOf,
} from '#test/support/store-harness.js';
import { freshStore, type OpenStore } from '../store-under-test.js';

type Following = Partial<Omit<Subscribe, 'onStopped'>>;

type Follower = Readonly<{
  subscription: Subscription;
  batches: readonly (readonly RecordedEvent[])[];
  seen: () => RecordedEvent[];
  /** Resolves when it has seen so many events. */
  hasSeen: (count: number) => Promise<void>;
  /** Resolves with what stopped it. */
  stopped: Promise<Error>;
}>;

/** A consumer that notes what it is handed. */
const follow = (events: EventStore, { after = 0, filter, handle }: Following = {}): Follower => {
  const batches: (readonly RecordedEvent[])[] = [];
  const checks = new Set<() => void>();
  let tellStopped = (_error: Error): void => undefined;
  const stopped = new Promise<Error>((resolve) => {
    tellStopped = resolve;
  });
  const seen = (): RecordedEvent[] => batches.flat();

  const subscription = events.subscribe({
    after,
    ...(filter && { filter }),
    handle: async (batch) => {
      await handle?.(batch);
      batches.push(batch);
      for (const check of checks) check();
    },
    onStopped: (error) => {
      tellStopped(error);
    },
  });

  const hasSeen = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (seen().length >= count) resolve();
      };
      checks.add(check);
      check();
    });
  return { subscription, batches, seen, stopped, hasSeen };
};

/** What happens in one turn of the story: somebody writes some events, or somebody begins to follow. */
const turns = fc.array(
  fc.oneof(
    fc.record({ by: fc.constantFrom('agent', 'call'), count: fc.integer({ min: 1, max: 40 }) }),
    fc.record({
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      only: fc.constantFrom('agent', 'call', undefined),
      slow: fc.boolean(),
    }),
  ),
  { minLength: 4, maxLength: 40 },
);
type Turn = typeof turns extends fc.Arbitrary<(infer One)[]> ? One : never;

type NewFollower = Readonly<{ follower: Follower; after: number; only: StreamCategory | undefined }>;

/** A follower of some of what is there since `began`, and of what comes. */
const newFollower = async (
  events: EventStore,
  began: number,
  { share, only, slow }: Extract<Turn, { share: number }>,
): Promise<NewFollower> => {
  const there = [began, ...positionsOf(await collect(events.readAll({ after: began })))];
  const after = there[Math.floor((there.length - 1) * share)] ?? began;
  const follower = follow(events, {
    after,
    ...(only && { filter: { categories: [only] } }),
    ...(slow && { handle: () => nextTurn() }),
  });
  return { follower, after, only };
};

/** Following: catching up, going live, back-pressure, ends. */
export const subscriptionContract = (open: OpenStore): void => {
  describe('whoever follows the log', () => {
    const given = freshStore(open);

    it('is told of what has happened, then of what happens', async () => {
      const { events } = given.store;
      await happened(events, anna, 'LoggedOn', 'Ready');
      const desktop = follow(events);
      await desktop.subscription.caughtUp;
      expect(typesOf(desktop.seen())).to.deep.equal(['LoggedOn', 'Ready']);
      await happened(events, anna, 'NotReady');
      await desktop.hasSeen(3);
      expect(positionsOf(desktop.seen())).to.deep.equal(await logPositions(events));
    });

    it('has caught up with an empty log at once', async () => {
      const desktop = follow(given.store.events);
      await desktop.subscription.caughtUp;
      expect(desktop.batches).to.deep.equal([]);
    });

    it('has caught up though nothing of what there is concerns it', async () => {
      const { events } = given.store;
      await happened(events, anna, 'LoggedOn', 'Ready');
      const desktop = follow(events, { filter: { categories: ['call'] } });
      await desktop.subscription.caughtUp;
      expect(desktop.batches).to.deep.equal([]);
    });

    it('goes on after the position it has dealt with', async () => {
      const { events } = given.store;
      const [, after = 0] = positionsTold(await happened(events, anna, 'LoggedOn', 'Ready', 'NotReady'));
      const desktop = follow(events, { after });
      await happened(events, anna, 'LoggedOff');
      await desktop.hasSeen(2);
      expect(typesOf(desktop.seen())).to.deep.equal(['NotReady', 'LoggedOff']);
    });

    it('hears of what concerns it only, of the past and of now', async () => {
      const { events } = given.store;
      const call = aCall();
      await happened(events, anna, 'LoggedOn');
      await happened(events, call, 'Delivered', 'Established');
      const ended = follow(events, { filter: { categories: ['call'], types: ['Delivered', 'Cleared'] } });
      await ended.subscription.caughtUp;
      await happened(events, anna, 'Cleared');
      await happened(events, call, 'Cleared');
      await ended.hasSeen(2);
      const [, delivered, , , cleared] = await logPositions(events);
      expect(positionsOf(ended.seen())).to.deep.equal([delivered, cleared]);
    });

    it('sees what a writer has been told is written, soon after and the same as in the log', async () => {
      const { events } = given.store;
      const desktop = follow(events);
      await happened(events, anna, 'LoggedOn');
      await desktop.hasSeen(1);
      expect(desktop.seen()).to.deep.equal(await events.readStream(anna));
    });

    it('gets a long history in batches, in order', async () => {
      const { events } = given.store;
      await events.append({ stream: anna, expected: 'any', events: someEvents(3000) });
      const report = follow(events);
      await report.subscription.caughtUp;
      expect(report.seen()).to.have.length(3000);
      expect(positionsOf(report.seen())).to.deep.equal(await logPositions(events));
      expect(report.batches.length).to.be.greaterThan(1);
      expect(report.batches.every((batch) => batch.length > 0)).to.equal(true);
    });

    it('gets the next batch only when it has dealt with the one before', async () => {
      const { events } = given.store;
      let dealWithIt = (): void => undefined;
      let atOnce = 0;
      let most = 0;
      const slow = follow(events, {
        handle: async () => {
          atOnce += 1;
          most = Math.max(most, atOnce);
          await new Promise<void>((resolve) => {
            dealWithIt = resolve;
          });
          atOnce -= 1;
        },
      });
      await happened(events, anna, 'LoggedOn');
      while (atOnce === 0) await nextTurn();
      await happened(events, anna, ...range(1, 30).map(() => 'Ready'));
      expect(slow.seen()).to.deep.equal([]);
      while (slow.seen().length < 31) {
        dealWithIt();
        await nextTurn();
      }
      expect(most).to.equal(1);
      expect(positionsOf(slow.seen())).to.deep.equal(await logPositions(events));
    });

    it('misses nothing when it falls far behind those who write', async () => {
      const { events } = given.store;
      const { open: release, opened: held } = gate();
      const slow = follow(events, { handle: () => held });
      for (let written = 0; written < 9000; written += 1500) {
        await events.append({ stream: anna, expected: 'any', events: someEvents(1500) });
      }
      release();
      await slow.hasSeen(9000);
      expect(positionsOf(slow.seen())).to.deep.equal(await logPositions(events));
    }).timeout(60_000);
  });

  describe('following ends', () => {
    const given = freshStore(open);

    it('at the batch that the consumer cannot deal with, and it is told', async () => {
      const { events } = given.store;
      const broken = follow(events, {
        handle: (batch) => {
          if (batch.some(({ type }) => type === 'Ready')) throw new Error('what is ready?');
        },
      });
      await happened(events, anna, 'LoggedOn');
      await broken.hasSeen(1);
      await happened(events, anna, 'Ready');
      expect((await broken.stopped).message).to.equal('what is ready?');
      await happened(events, anna, 'NotReady');
      await nextTurn();
      expect(typesOf(broken.seen())).to.deep.equal(['LoggedOn']);
    });

    it('for one consumer without disturbing another', async () => {
      const { events } = given.store;
      const broken = follow(events, { handle: () => Promise.reject(new Error('out of order')) });
      const sound = follow(events);
      await happened(events, anna, 'LoggedOn', 'Ready');
      await Promise.all([broken.stopped, sound.hasSeen(2)]);
      expect(positionsOf(sound.seen())).to.deep.equal(await logPositions(events));
    });

    it('before it has caught up, which who waits for that is told', async () => {
      const { events } = given.store;
      await happened(events, anna, 'LoggedOn');
      const broken = follow(events, { handle: () => Promise.reject(new Error('no table')) });
      const thrown = await broken.subscription.caughtUp.catch((error: unknown) => error);
      expect(thrown).to.equal(await broken.stopped);
    });

    it('when the consumer closes it: it has dealt with the batch in hand, and gets no other', async () => {
      const { events } = given.store;
      const [begun, released] = [gate(), gate()];
      const desktop = follow(events, {
        handle: () => {
          begun.open();
          return released.opened;
        },
      });
      await happened(events, anna, 'LoggedOn');
      await begun.opened;
      const closing = desktop.subscription.close();
      await happened(events, anna, 'Ready');
      released.open();
      await closing;
      expect(typesOf(desktop.seen())).to.deep.equal(['LoggedOn']);
      await happened(events, anna, 'NotReady');
      await nextTurn();
      expect(typesOf(desktop.seen())).to.deep.equal(['LoggedOn']);
    });

    it('at whatever moment the consumer closes it', async () => {
      const { events } = given.store;
      await happened(events, anna, 'LoggedOn');
      for (const moments of range(0, 12)) {
        let closed = false;
        const lateBatches: unknown[] = [];
        const { subscription } = follow(events, {
          handle: (batch) => {
            if (closed) lateBatches.push(batch);
          },
        });
        for (let moment = 0; moment < moments; moment += 1) await Promise.resolve();
        closed = true;
        await subscription.close();
        expect(lateBatches).to.deep.equal([]);
      }
    });

    it('with the store, quietly', async () => {
      const { events, close } = given.store;
      await happened(events, anna, 'LoggedOn');
      let told: Error | undefined;
      const subscription = events.subscribe({
        after: 0,
        handle: () => undefined,
        onStopped: (error) => {
          told = error;
        },
      });
      await subscription.caughtUp;
      await close();
      await subscription.close();
      expect(told).to.equal(undefined);
    });

    it('with the store before it has caught up, which who waits for that is told', async () => {
      const { events, close } = given.store;
      await happened(events, anna, 'LoggedOn');
      const { subscription } = follow(events, { handle: () => new Promise<void>(() => undefined) });
      await close();
      expect((await failureIn(subscription.caughtUp)).failure).to.equal('closed');
    });

    it('at once for a consumer that has dealt with more than there is: its log is another', async () => {
      const { events } = given.store;
      const [last = 0] = positionsTold(await happened(events, anna, 'LoggedOn'));
      const foreign = follow(events, { after: last + 1 });
      expect(await foreign.stopped).to.be.instanceOf(RangeError);
    });
  });

  describe('however writers and followers come together,', () => {
    const given = freshStore(open);

    /** Plays the turns; answers, when all is written, with those who follow. */
    const play = async (events: EventStore, began: number, story: readonly Turn[]): Promise<NewFollower[]> => {
      const streams = { agent: boris, call: aCall() };
      const writing: Promise<unknown>[] = [];
      const followers: NewFollower[] = [];
      for (const [nth, turn] of story.entries()) {
        if ('share' in turn) followers.push(await newFollower(events, began, turn));
        else writing.push(events.append({ stream: streams[turn.by], expected: 'any', events: someEvents(turn.count) }));
        if (nth % 3 === 0) await nextTurn();
      }
      await Promise.all(writing);
      return followers;
    };

    it('everybody gets each event that concerns it once and in order', async () => {
      const { events } = given.store;
      await fc.assert(
        fc.asyncProperty(turns, async (story) => {
          const began = await events.lastPosition();
          const followers = await play(events, began, story);
          const log = await collect(events.readAll({ after: began }));
          for (const { follower, after, only } of followers) {
            const wanted = log.filter(
              ({ position, stream }) => position > after && (!only || categoryOf(stream) === only),
            );
            await follower.hasSeen(wanted.length);
            await follower.subscription.close();
            expect(positionsOf(follower.seen())).to.deep.equal(positionsOf(wanted));
          }
        }),
        { numRuns: 40 },
      );
    }).timeout(60_000);

    it('while calls are being written without a pause, a newcomer catches up and stays', async () => {
      const { events } = given.store;
      let going = true;
      const writer = async (): Promise<void> => {
        while (going) {
          await events.append({ stream: aCall(), expected: 'no-stream', events: [anEvent(), anEvent('CallCleared')] });
          await nextTurn();
        }
      };
      const writers = range(1, 8).map(writer);
      const newcomers: Follower[] = [];
      for (let nth = 0; nth < 5; nth += 1) {
        const newcomer = follow(events);
        newcomers.push(newcomer);
        await newcomer.subscription.caughtUp;
        await newcomer.hasSeen(newcomer.seen().length + 50);
      }
      going = false;
      await Promise.all(writers);
      const all = await logPositions(events);
      for (const newcomer of newcomers) {
        await newcomer.hasSeen(all.length);
        expect(positionsOf(newcomer.seen())).to.deep.equal(all);
      }
    }).timeout(30_000);
  });
};
