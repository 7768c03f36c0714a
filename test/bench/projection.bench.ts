import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '#adapters/clock/system.clock.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import { typeormReadModels, type ReadModelLocation } from '#adapters/read-models/typeorm/typeorm.read-models.js';
import type { LogEvent } from '#domain/events.js';
import { readModels as models } from '#projections/read-models.js';
import { projectReadModels } from '#src/application/read-models/project-read-models.js';
import { recordBusyDay } from '#test/support/busy-day/busy-day.js';
import { freshPostgresDatabase, missingPostgres } from '#test/support/postgres.js';
import type { Benchmark } from './run.js';

const eventsPerSecond = 2_000;
const warmUpSeconds = 2;
const merchants = 50;
const limits = { sqliteP99Ms: 10, postgresP99Ms: 20 } as const;
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length * share)] ?? NaN;
const rounded = (value: number): number => Number(value.toPrecision(4));

/** Calls of many merchants, as the product itself has recorded them. */
const traffic = async function* (count: number): AsyncGenerator<LogEvent> {
  const day = await recordBusyDay();
  let told = 0;
  for (let shift = 0; told < count; shift += 1) {
    for (let merchant = 1; merchant <= merchants && told < count; merchant += 1) {
      const events = day.shift(merchant, shift).slice(0, count - told);
      told += events.length;
      yield* events;
    }
  }
};

/** Milliseconds from the call of append until the event is in committed rows, for each event after the warm-up. */
const measure = async (directory: string, location: ReadModelLocation, seconds: number): Promise<readonly number[]> => {
  const { events, close } = await openSqliteStore({ file: join(directory, 'events.db'), clock: systemClock });
  const readModels = typeormReadModels({ location, models, clock: systemClock });
  const { store } = readModels;
  const projection = projectReadModels({ events, readModels: store, clock: systemClock, log: silent });
  const took: number[] = [];
  const underWay: Promise<void>[] = [];
  const one = async ({ stream, ...event }: LogEvent, due: number): Promise<void> => {
    const result = await events.append({ stream, expected: 'any', events: [event] });
    if (result.outcome !== 'appended' || !(await projection.reached(result.position, 60_000))) {
      throw new Error('an event has not become a row');
    }
    took.push(performance.now() - due);
  };
  const count = (seconds + warmUpSeconds) * eventsPerSecond;
  const began = performance.now();
  let nth = 0;
  // An event counts from when it was due: what waits behind a stall is late, too.
  for await (const event of traffic(count)) {
    const due = began + (nth * 1_000) / eventsPerSecond;
    while (performance.now() < due) await new Promise((resolve) => setTimeout(resolve, 1));
    underWay.push(one(event, due));
    nth += 1;
  }
  await Promise.all(underWay);
  await projection.close();
  await readModels.close();
  await close();
  return took.slice(warmUpSeconds * eventsPerSecond);
};

/** How late what has just happened can be queried, while two thousand events come in each second. */
export const run: Benchmark = async ({ log, args }) => {
  const seconds = args.includes('--short') ? 5 : 30;
  await mkdir('data', { recursive: true });
  const figures: Record<string, number> = {};
  const into = async (name: string, place: (directory: string) => Promise<ReadModelLocation>): Promise<void> => {
    const directory = await mkdtemp(join('data', `bench-projection-${name}-`));
    try {
      const took = await measure(directory, await place(directory), seconds);
      figures[`${name}P50Ms`] = rounded(quantile(took, 0.5));
      figures[`${name}P99Ms`] = rounded(quantile(took, 0.99));
      log(`${name}: p50 ${figures[`${name}P50Ms`] ?? NaN} ms, p99 ${figures[`${name}P99Ms`] ?? NaN} ms`);
    } finally {
      await rm(directory, { recursive: true });
    }
  };
  await into('sqlite', async (directory) => ({ file: join(directory, 'read-models.db') }));
  const missing = missingPostgres();
  if (missing === undefined) await into('postgres', async () => ({ url: await freshPostgresDatabase() }));
  else log(missing);
  for (const [name, limit] of Object.entries(limits)) {
    const figure = figures[name];
    if (figure === undefined || figure <= limit) continue;
    log(`${name} is ${figure}, above ${limit}`);
    process.exitCode = 1;
  }
  return { ...figures, eventsPerSecond };
};
