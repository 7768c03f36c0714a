import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bareSqliteLog } from './append/bare-sqlite.log.js';
import type { DurableLog } from './append/durable-log.js';
import { rawFileLog } from './append/raw-file.log.js';
import { trunklineLog } from './append/trunkline.log.js';
import { measure, type Measured } from './append/workload.js';
import type { Benchmark } from './run.js';

const contestants = {
  rawFile: rawFileLog,
  bareSqlite: bareSqliteLog,
  trunkline: trunklineLog,
} satisfies Record<string, (file: string) => DurableLog | Promise<DurableLog>>;

type Name = keyof typeof contestants;
const names = Object.keys(contestants) as Name[];
type Round = Readonly<Record<Name, Measured>>;

const rounds = 7;
const milliseconds = 1000;

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;

const rounded = (value: number): number => Number(value.toPrecision(4));

const inFreshFile = async (directory: string, name: Name, callers: number): Promise<Measured> => {
  const files = await mkdtemp(join(directory, `${name}-`));
  const log = await contestants[name](join(files, 'log'));
  const measured = await measure(log, callers, milliseconds);
  await log.close();
  await rm(files, { recursive: true });
  return measured;
};

/** Each contestant once, one right after the other, so that a round's figures share the machine's mood. */
const round = async (directory: string, callers: number): Promise<Round> => {
  const measured: Partial<Record<Name, Measured>> = {};
  for (const name of names) measured[name] = await inFreshFile(directory, name, callers);
  return measured as Round;
};

const described = ({ eventsPerSecond, p50, p99 }: Measured): string =>
  `${Math.round(eventsPerSecond)}/s (p50 ${p50.toFixed(2)}, p99 ${p99.toFixed(2)} ms)`;

/** How fast 200 callers get durable answers, beside what the disk and a plain database can do in the same minute. */
export const run: Benchmark = async ({ log }) => {
  await mkdir('data', { recursive: true });
  const directory = await mkdtemp(join('data', 'bench-append-'));

  const measuredWith = async (callers: number, times: number): Promise<Round[]> => {
    const all: Round[] = [];
    for (let nth = 0; nth <= times; nth += 1) {
      const measured = await round(directory, callers);
      const line = names.map((name) => `${name} ${described(measured[name])}`).join('  ');
      log(`${callers} callers, ${nth === 0 ? 'warming up' : `round ${nth} of ${times}`}: ${line}`);
      if (nth > 0) all.push(measured);
    }
    return all;
  };

  const many = await measuredWith(200, rounds);
  const single = await measuredWith(1, 3);
  await rm(directory, { recursive: true });

  const figure = (among: readonly Round[], of: (measured: Round) => number): number => rounded(median(among.map(of)));
  return {
    ratioToBareSqlite: figure(
      many,
      ({ trunkline, bareSqlite }) => trunkline.eventsPerSecond / bareSqlite.eventsPerSecond,
    ),
    ratioToRawFile: figure(many, ({ trunkline, rawFile }) => trunkline.eventsPerSecond / rawFile.eventsPerSecond),
    p99RatioToRawFile: figure(many, ({ trunkline, rawFile }) => trunkline.p99 / rawFile.p99),
    eventsPerSecond: figure(many, ({ trunkline }) => trunkline.eventsPerSecond),
    p50Ms: figure(many, ({ trunkline }) => trunkline.p50),
    p99Ms: figure(many, ({ trunkline }) => trunkline.p99),
    bareSqliteEventsPerSecond: figure(many, ({ bareSqlite }) => bareSqlite.eventsPerSecond),
    bareSqliteP50Ms: figure(many, ({ bareSqlite }) => bareSqlite.p50),
    bareSqliteP99Ms: figure(many, ({ bareSqlite }) => bareSqlite.p99),
    rawFileEventsPerSecond: figure(many, ({ rawFile }) => rawFile.eventsPerSecond),
    rawFileP50Ms: figure(many, ({ rawFile }) => rawFile.p50),
    rawFileP99Ms: figure(many, ({ rawFile }) => rawFile.p99),
    singleCallerEventsPerSecond: figure(single, ({ trunkline }) => trunkline.eventsPerSecond),
    singleCallerP99Ms: figure(single, ({ trunkline }) => trunkline.p99),
    ratioToFdatasync: figure(single, ({ trunkline, rawFile }) => trunkline.eventsPerSecond / rawFile.eventsPerSecond),
  };
};
