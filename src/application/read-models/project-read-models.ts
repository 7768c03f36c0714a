import type { Clock } from '#domain/contracts/clock.js';
import type { EventStore, Subscription } from '#domain/contracts/event-store.js';
import type { Build, ReadModelStore, Standing } from '#domain/contracts/read-models.js';
import type { Milliseconds } from '#domain/kernel/time.js';
import type { Log } from '../log.js';
import { createProjector, type Projector } from './projector.js';
import { finishBuilds } from './rebuild.js';

export type ProjectReadModels = Readonly<{
  events: EventStore;
  readModels: ReadModelStore;
  clock: Clock;
  log: Log;
}>;

export type ReadModelProjection = Readonly<{
  /** True once what answers holds everything up to there; false when that takes longer than it may. */
  reached: (position: number, within: Milliseconds) => Promise<boolean>;
  /** Resolves when the batch in hand has been written. */
  close: () => Promise<void>;
}>;

const retryMs = 500;

type Waiting = Readonly<{ position: number; resolve: () => void }>;

/** Models that stand at the same place are projected together: the log is read, and a transaction made, once for all. */
const atSamePlace = (builds: readonly Build[]): readonly (readonly Build[])[] => {
  const places = new Map<number, Build[]>();
  for (const build of builds) places.set(build.position, [...(places.get(build.position) ?? []), build]);
  return [...places.values()];
};

/** Keeps the read models up with the log, for as long as the product runs and whatever becomes of the database. */
export const projectReadModels = ({ events, readModels, clock, log }: ProjectReadModels): ReadModelProjection => {
  let closed = false;
  let endRound = (): void => undefined;
  let following: Projector[] | undefined;
  let waiting: Waiting[] = [];
  const tools = { readModels, clock, log, isClosed: () => closed };

  const position = (): number =>
    following === undefined ? -1 : Math.min(Infinity, ...following.map((projector) => projector.position()));

  const tellWaiting = (): void => {
    if (waiting.length === 0) return;
    const now = position();
    const due = waiting.filter(({ position: awaited }) => awaited <= now);
    waiting = waiting.filter(({ position: awaited }) => awaited > now);
    for (const { resolve } of due) resolve();
  };

  /** Rows that were made of another log, or of one that was put back to an earlier day, are of no use. */
  const isOfThisLog = async ({ position: at, eventId }: Build): Promise<boolean> => {
    if (at === 0) return true;
    const [event] = await events.readAt([at]);
    return event?.id === eventId;
  };

  const follow = (builds: readonly Build[], onStopped: (error?: Error) => void): Subscription => {
    const projector = createProjector(builds, tools);
    following?.push(projector);
    return events.subscribe({
      after: projector.position(),
      handle: async (batch) => {
        if ((await projector.take(batch)) === 'superseded') onStopped();
        else tellWaiting();
      },
      onStopped,
    });
  };

  /** Of what this version of the models has not built yet, goes on with what was begun. */
  const toBuild = async ({ model, begun }: Standing): Promise<Build> =>
    begun && (await isOfThisLog(begun)) ? begun : readModels.beginBeside(model);

  const buildBeside = async (standings: readonly Standing[]): Promise<void> => {
    const begun: Build[] = [];
    for (const standing of standings) begun.push(await toBuild(standing));
    for (const builds of atSamePlace(begun)) {
      const models = builds.map(({ model }) => model.name);
      log.info({ models }, 'read models are built anew beside the old ones');
      const outcome = await finishBuilds(builds, { ...tools, events });
      if (outcome === 'superseded') throw new Error(`${models.join(', ')}: built anew by somebody else, too`);
      log.info({ models, outcome }, 'read models have been built anew');
    }
  };

  /** Until something else answers than what is followed, or the log ends. */
  const round = async (): Promise<void> => {
    const live: Build[] = [];
    const beside: Standing[] = [];
    for (const standing of await readModels.standings()) {
      const { answering } = standing;
      if (answering && (await isOfThisLog(answering))) live.push(answering);
      else beside.push(standing);
    }
    following = [];
    const subscriptions: Subscription[] = [];
    let building: Promise<void> | undefined;
    await new Promise<void>((resolve, reject) => {
      endRound = resolve;
      const onStopped = (error?: Error): void => {
        if (error) reject(error);
        else resolve();
      };
      for (const builds of atSamePlace(live)) subscriptions.push(follow(builds, onStopped));
      tellWaiting();
      if (beside.length > 0) building = buildBeside(beside).then(resolve, reject);
      if (closed) resolve();
    }).finally(async () => {
      for (const subscription of subscriptions) await subscription.close();
      await building?.catch(() => undefined);
    });
  };

  const forEver = async (): Promise<void> => {
    let failing = false;
    while (!closed) {
      try {
        await round();
        failing = false;
      } catch (error) {
        if (!failing) log.warn({ error }, 'read models are not available; will be tried again');
        failing = true;
        await new Promise<void>((resolve) => {
          endRound = resolve;
          clock.schedule(retryMs, resolve);
        });
      }
    }
  };
  const running = forEver();

  return {
    reached: (awaited, within) =>
      new Promise((resolve) => {
        if (awaited <= position()) {
          resolve(true);
          return;
        }
        const entry: Waiting = {
          position: awaited,
          resolve: () => {
            cancel();
            resolve(true);
          },
        };
        const cancel = clock.schedule(within, () => {
          waiting = waiting.filter((other) => other !== entry);
          resolve(false);
        });
        waiting.push(entry);
      }),
    close: async () => {
      closed = true;
      endRound();
      await running;
    },
  };
};
