import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '#adapters/clock/system.clock.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import { typeormReadModels } from '#adapters/read-models/typeorm/typeorm.read-models.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { LogEvent } from '#domain/events.js';
import { readModels as models } from '#projections/read-models.js';
import { readWholeLog } from '#test/support/read-on.js';
import { rebuildReadModels } from '#src/application/read-models/rebuild.js';
import { recordBusyDay } from '#test/support/busy-day/busy-day.js';
import { freshPostgresDatabase, missingPostgres } from '#test/support/postgres.js';
import type { Benchmark } from './run.js';

const merchants = 50;
const rounds = 3;
const appendsAtOnce = 4_000;
const limits = { ratioToReadAndParse: 0.45, inMemoryRatio: 0.8 } as const;
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
const rounded = (value: number): number => Number(value.toPrecision(4));

/** Shifts of many merchants in turn, as the product itself has recorded them. */
const writeDay = async (events: EventStore, count: number): Promise<void> => {
  const day = await recordBusyDay();
  let underWay: Promise<unknown>[] = [];
  let written = 0;
  const write = async (portion: readonly LogEvent[]): Promise<void> => {
    for (const { stream, ...event } of portion.slice(0, count - written)) {
      underWay.push(events.append({ stream, expected: 'any', events: [event] }));
      written += 1;
    }
    if (underWay.length < appendsAtOnce) return;
    await Promise.all(underWay);
    underWay = [];
  };
  for (let merchant = 1; merchant <= merchants; merchant += 1) await write(day.opening(merchant));
  for (let shift = 0; written < count; shift += 1) {
    for (let merchant = 1; merchant <= merchants && written < count; merchant += 1) {
      await write(day.shift(merchant, shift));
    }
  }
  await Promise.all(underWay);
};

/** By the clock, and of processors: the latter tells the same on a machine that others use, too. */
type Cost = Readonly<{ seconds: number; processor: number }>;

const costOf = async (work: () => Promise<unknown>): Promise<Cost> => {
  const [began, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - began) / 1_000, processor: (user + system) / 1_000_000 };
};

const readAndParse = async (events: EventStore): Promise<number> => {
  let read = 0;
  for await (const event of events.readAll({ after: 0 })) read += event.meta.occurredAt > 0 ? 1 : 0;
  return read;
};

const rebuildInto = async (events: EventStore, location: Parameters<typeof typeormReadModels>[0]['location']) => {
  const { store, close } = typeormReadModels({ location, models, clock: systemClock });
  await store.standings();
  const cost = await costOf(() =>
    rebuildReadModels(models, { readModels: store, events, clock: systemClock, log, isClosed: () => false }),
  );
  await close();
  return cost;
};

type Round = Readonly<Record<'read' | 'rows' | 'views', Cost>>;

/** How fast a million events become rows and views, beside merely reading them. */
export const run: Benchmark = async ({ log: say, args }) => {
  const count = args.includes('--short') ? 100_000 : 1_000_000;
  await mkdir('data', { recursive: true });
  const directory = await mkdtemp(join('data', 'bench-rebuild-'));
  const { events, close } = await openSqliteStore({ file: join(directory, 'events.db'), clock: systemClock });
  try {
    await writeDay(events, count);
    const costs: Round[] = [];
    for (let nth = 0; nth <= rounds; nth += 1) {
      const round: Round = {
        read: await costOf(() => readAndParse(events)),
        rows: await rebuildInto(events, { file: join(directory, `read-models-${nth}.db`) }),
        views: await costOf(() => readWholeLog(events)),
      };
      const rate = (what: keyof Round): string => `${what} ${Math.round(count / round[what].seconds)}/s`;
      say(
        `${nth === 0 ? 'warming up' : `round ${nth} of ${rounds}`}: ${rate('read')}, ${rate('rows')}, ${rate('views')}`,
      );
      // The first round is not counted: the code is cold.
      if (nth > 0) costs.push(round);
    }
    const ratio = (what: keyof Round, by: keyof Cost): number =>
      rounded(median(costs.map((round) => round.read[by] / round[what][by])));
    const rate = (what: keyof Round): number => rounded(median(costs.map((round) => count / round[what].seconds)));
    const figures: Record<string, number> = {
      ratioToReadAndParse: ratio('rows', 'seconds'),
      inMemoryRatio: ratio('views', 'seconds'),
      ratioToReadAndParseByProcessor: ratio('rows', 'processor'),
      inMemoryRatioByProcessor: ratio('views', 'processor'),
      events: count,
      readAndParsePerSecond: rate('read'),
      rebuildPerSecond: rate('rows'),
      inMemoryPerSecond: rate('views'),
    };
    if (missingPostgres() === undefined) {
      const { seconds } = await rebuildInto(events, { url: await freshPostgresDatabase() });
      figures['postgresPerSecond'] = rounded(count / seconds);
    }
    for (const [name, limit] of Object.entries(limits)) {
      if ((figures[name] ?? 0) < limit) {
        say(`${name} is ${figures[name] ?? NaN}, below ${limit}`);
        process.exitCode = 1;
      }
    }
    return figures;
  } finally {
    await close();
    await rm(directory, { recursive: true });
  }
};
