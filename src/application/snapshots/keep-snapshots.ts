import type { EventStore, Subscription } from '#domain/contracts/event-store.js';
import type { Snapshots } from '#domain/contracts/snapshots.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import type { Log } from '../log.js';
import { startFoldThread, type FoldThread, type FoldThreadData } from './fold-thread.js';

export type KeepSnapshots = Readonly<{
  store: EventStore;
  snapshots: Snapshots;
  /** Where to begin, and what is known there. */
  from: Omit<FoldThreadData, 'elsewhere'> & Readonly<{ position: number }>;
  /** A snapshot after each so many events. */
  every: number;
  log: Log;
}>;

export type SnapshotKeeper = Readonly<{
  /** Once what matters more has been started. */
  begin: () => void;
  /** What follows from events up to here has been done, and that is durable: snapshots may be taken up to it. */
  settled: (position: number) => void;
  /** Resolves when no snapshot of before this position is kept any more. Everything up to it is to be settled some time. */
  renewed: (position: number) => Promise<void>;
  /** Takes a last one of all that is settled. */
  close: () => Promise<void>;
}>;

type Running = Readonly<{ thread: FoldThread; subscription: Subscription }>;
type Turn = Readonly<{ position: number; resolve: () => void }>;

/** Whoever waits for a position to be reached. */
const milestones = (reached: number) => {
  let waiting: readonly Turn[] = [];
  return {
    reached: (): number => reached,
    reach: (position: number): void => {
      reached = Math.max(reached, position);
      const due = waiting.filter((turn) => turn.position <= reached);
      waiting = waiting.filter((turn) => turn.position > reached);
      for (const { resolve } of due) resolve();
    },
    at: (position: number): Promise<void> =>
      position <= reached
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting = [...waiting, { position, resolve }];
          }),
  };
};

const isReceipt = ({ type }: RecordedEvent): boolean => type === 'SubjectKeyDestroyed';

/**
 * Follows the log a second time, a little behind: what is settled is folded by a thread of its own, which is asked now and
 * then for what it has. A person's key was destroyed: then at once, since older snapshots tell of the person still.
 * Without snapshots a start only takes longer, so that nothing here stops the product.
 */
export const keepSnapshots = ({ store, snapshots, from, every, log }: KeepSnapshots): SnapshotKeeper => {
  const settled = milestones(from.position);
  const folded = milestones(from.position);
  let notSaved = 0;
  let saving: Promise<void> = Promise.resolve();
  let stopped = false;
  let running: Running | undefined;
  let hasBegun = (_begun: Running): void => undefined;
  const begun = new Promise<Running>((resolve) => {
    hasBegun = resolve;
  });

  const takeFrom = async (thread: FoldThread): Promise<void> => {
    notSaved = 0;
    log.debug({ position: await thread.save() }, 'snapshot taken');
  };

  /** One at a time. One that fails is made up for by the next; what is to be forgotten is forgotten all the same. */
  const take = (thread: FoldThread, forgetBefore = 0): Promise<void> => {
    const taking = saving
      .then(() => takeFrom(thread))
      .catch((error: unknown) => {
        log.warn({ error }, 'no snapshot could be taken; the next start reads more of the log');
      })
      .then(() => snapshots.forgetBefore(forgetBefore));
    saving = taking.catch((error: unknown) => {
      log.error({ error, before: forgetBefore }, 'old snapshots could not be deleted');
    });
    return taking;
  };

  const foldPart = async (thread: FoldThread, events: readonly RecordedEvent[]): Promise<void> => {
    const last = events.at(-1)?.position;
    if (last === undefined) return;
    await thread.fold(events);
    folded.reach(last);
    // Positions may rise by more than one for each event.
    notSaved += events.length;
    if (events.some(isReceipt)) void take(thread, last);
    else if (notSaved >= every) void take(thread);
  };

  const foldSettled = async (thread: FoldThread, events: readonly RecordedEvent[]): Promise<void> => {
    for (let rest = events, [next] = rest; next; [next] = rest) {
      const upTo = settled.reached();
      const ready = rest.filter(({ position }) => position <= upTo);
      await foldPart(thread, ready);
      rest = rest.slice(ready.length);
      if (rest[0] === undefined) return;
      folded.reach(upTo);
      await settled.at(rest[0].position);
      if (stopped) return;
    }
  };

  const begin = (): void => {
    const thread = startFoldThread({ ...from, elsewhere: snapshots.elsewhere });
    const subscription = store.subscribe({
      after: from.position,
      handle: (events) => foldSettled(thread, events),
      onStopped: (error) => {
        if (!stopped) log.warn({ error }, 'snapshots are no longer taken; the next start reads more of the log');
        folded.reach(Infinity);
      },
    });
    subscription.caughtUp.catch(() => undefined);
    running = { thread, subscription };
    hasBegun(running);
    // So much has been read at the start that the next one should be spared it; what is older may tell of erased people.
    if (from.position > from.saved) void settled.at(from.position).then(() => take(thread, from.position));
  };

  return {
    begin,
    settled: settled.reach,

    renewed: async (position) => {
      const { thread } = await begun;
      await folded.at(position);
      await take(thread, position);
    },

    close: async () => {
      if (!running) return;
      const { thread, subscription } = running;
      await folded.at(settled.reached());
      stopped = true;
      settled.reach(Infinity);
      await subscription.close();
      await take(thread);
      await thread.close();
    },
  };
};
