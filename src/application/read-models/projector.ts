import type { Clock } from '#domain/contracts/clock.js';
import { ReadModelFailure, type Build, type BuildChange, type ReadModelStore } from '#domain/contracts/read-models.js';
import { isEventType, type LogEvent } from '#domain/events.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import type { Log } from '../log.js';
import { modelRows } from './model-rows.js';

export type ProjectorTools = Readonly<{
  readModels: ReadModelStore;
  clock: Clock;
  log: Log;
  /** It is over: what was not written is written by whoever comes next. */
  isClosed: () => boolean;
}>;

/** `superseded`: somebody else writes these builds now, or something else answers; `closed`: it was told to end. */
export type Taken = 'taken' | 'superseded' | 'closed';

/** Folds the log into builds that stand at the same position. */
export type Projector = Readonly<{
  builds: () => readonly Build[];
  position: () => number;
  /** The next events of the log, in its order. Does not end before they are written, however long that takes. */
  take: (events: readonly RecordedEvent[]) => Promise<Taken>;
}>;

const firstPauseMs = 50;
const longestPauseMs = 2_000;

/** The database will not have the rows of one model. */
type Refusal = ReadModelFailure & Readonly<{ model: string }>;
const isRefusal = (thrown: unknown): thrown is Refusal =>
  thrown instanceof ReadModelFailure && thrown.failure === 'bad-data' && thrown.model !== undefined;

export const createProjector = (begin: readonly Build[], tools: ProjectorTools): Projector => {
  const { readModels, clock, log, isClosed } = tools;
  const models = begin.map((build) => modelRows(readModels, build));

  const warnOf = (changes: readonly BuildChange[]): void => {
    for (const { build, setAside } of changes) {
      for (const event of setAside) log.warn({ model: build.model.name, ...event }, 'event set aside by a read model');
    }
  };

  const write = async (changes: readonly BuildChange[], last: RecordedEvent): Promise<Taken> => {
    const upTo = { position: last.position, eventId: last.id };
    if ((await readModels.write(changes, upTo)) === 'superseded') return 'superseded';
    for (const model of models) model.written(upTo);
    warnOf(changes);
    return 'taken';
  };

  const attempt = async (
    events: readonly RecordedEvent[],
    last: RecordedEvent,
    refused: ReadonlyMap<string, unknown> = new Map(),
  ): Promise<Taken> => {
    const known = events.filter(({ type }) => isEventType(type)) as unknown as readonly LogEvent[];
    const changes = await Promise.all(
      models.map(async (model) => {
        const why = refused.get(model.build.model.name);
        return why === undefined ? model.fold(known) : model.refuse(known, why);
      }),
    );
    return write(changes, last);
  };

  const forget = (): void => {
    for (const model of models) model.forget();
  };

  /** What the database refuses is found by halving, and set aside by the model whose rows it refuses. */
  const takeApart = async (events: readonly RecordedEvent[], last: RecordedEvent, why: Refusal): Promise<Taken> => {
    if (events.length === 1) return takeWithout(last, new Map([[why.model, why]]));
    const middle = Math.ceil(events.length / 2);
    const first = await take(events.slice(0, middle));
    return first === 'taken' ? take(events.slice(middle)) : first;
  };

  const takeWithout = async (event: RecordedEvent, refused: ReadonlyMap<string, Refusal>): Promise<Taken> => {
    try {
      return await attempt([event], event, refused);
    } catch (thrown) {
      forget();
      if (!isRefusal(thrown) || refused.has(thrown.model)) throw thrown;
      return takeWithout(event, new Map([...refused, [thrown.model, thrown]]));
    }
  };

  const pause = async (nth: number): Promise<void> => {
    const delay = Math.min(firstPauseMs * 2 ** nth, longestPauseMs);
    await new Promise<void>((resolve) => clock.schedule(delay, resolve));
  };

  const take = async (events: readonly RecordedEvent[]): Promise<Taken> => {
    const last = events.at(-1);
    if (!last) return 'taken';
    for (let failures = 0; !isClosed(); failures += 1) {
      try {
        const taken = await attempt(events, last);
        if (failures > 0) log.info({ position: last.position }, 'read models go on');
        return taken;
      } catch (thrown) {
        forget();
        if (isRefusal(thrown)) return takeApart(events, last, thrown);
        if (failures === 0) log.warn({ error: thrown }, 'read models cannot be written; will be tried again');
        await pause(failures);
      }
    }
    return 'closed';
  };

  return {
    builds: () => models.map(({ build }) => build),
    position: () => models[0]?.build.position ?? 0,
    take,
  };
};
