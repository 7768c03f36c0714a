import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bareSqliteLog } from './append/bare-sqlite.log.js';
import type { DurableLog } from './append/durable-log.js';
import { rawFileLog } from './append/raw-file.log.js';
import { trunklineLog } from './append/trunkline.log.js';
import { measure, type Measured } from './append/workload.js';
import type { Benchmark } from './run.js';

const names = ['rawFile', 'bareSqlite', 'trunkline'] as const;
type Name = (typeof names)[number];
type Contestants = Readonly<Record<Name, DurableLog>>;
/** What each of them did, one right after the other, so that a round's figures share the machine's mood. */
type Round = Readonly<Record<Name, Measured>>;

const milliseconds = 1000;

const openAll = async (directory: string): Promise<Contestants> => ({
  rawFile: rawFileLog(join(directory, 'raw.log')),
  bareSqlite: bareSqliteLog(join(directory, 'bare.db')),
  trunkline: await trunklineLog(join(directory, 'trunkline.db')),
});

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;

const described = ({ eventsPerSecond, p50, p99 }: Measured): string =>
  `${Math.round(eventsPerSecond)}/s (p50 ${p50.toFixed(2)}, p99 ${p99.toFixed(2)} ms)`;

const figures = (many: readonly Round[], single: readonly Round[]): Record<string, number> => {
  const figure = (among: readonly Round[], of: (measured: Round) => number): number =>
    Number(median(among.map(of)).toPrecision(4));
  const of = (name: Name, among: readonly Round[], what: keyof Measured): number =>
    figure(among, (measured) => measured[name][what]);

  return {
    ratioToBareSqlite: figure(many, (each) => each.trunkline.eventsPerSecond / each.bareSqlite.eventsPerSecond),
    ratioToRawFile: figure(many, (each) => each.trunkline.eventsPerSecond / each.rawFile.eventsPerSecond),
    p99RatioToRawFile: figure(many, (each) => each.trunkline.p99 / each.rawFile.p99),
    eventsPerSecond: of('trunkline', many, 'eventsPerSecond'),
    p50Ms: of('trunkline', many, 'p50'),
    p99Ms: of('trunkline', many, 'p99'),
    bareSqliteEventsPerSecond: of('bareSqlite', many, 'eventsPerSecond'),
    bareSqliteP50Ms: of('bareSqlite', many, 'p50'),
    bareSqliteP99Ms: of('bareSqlite', many, 'p99'),
    rawFileEventsPerSecond: of('rawFile', many, 'eventsPerSecond'),
    rawFileP50Ms: of('rawFile', many, 'p50'),
    rawFileP99Ms: of('rawFile', many, 'p99'),
    singleCallerEventsPerSecond: of('trunkline', single, 'eventsPerSecond'),
    singleCallerP99Ms: of('trunkline', single, 'p99'),
    ratioToFdatasync: figure(single, (each) => each.trunkline.eventsPerSecond / each.rawFile.eventsPerSecond),
  };
};

/** How fast callers get durable answers, beside what the disk and a plain database can do in the same minute. */
export const run: Benchmark = async ({ log }) => {
  await mkdir('data', { recursive: true });
  const directory = await mkdtemp(join('data', 'bench-append-'));
  const contestants = await openAll(directory);

  const round = async (callers: number): Promise<Round> => {
    const measured: Partial<Record<Name, Measured>> = {};
    for (const name of names) measured[name] = await measure(contestants[name], callers, milliseconds);
    return measured as Round;
  };

  /** The first round is not counted: the files are new and the code is cold. */
  const measuredWith = async (callers: number, times: number): Promise<Round[]> => {
    const rounds: Round[] = [];
    for (let nth = 0; nth <= times; nth += 1) {
      const measured = await round(callers);
      const line = names.map((name) => `${name} ${described(measured[name])}`).join('  ');
      log(`${callers} callers, ${nth === 0 ? 'warming up' : `round ${nth} of ${times}`}: ${line}`);
      if (nth > 0) rounds.push(measured);
    }
    return rounds;
  };

  const many = await measuredWith(200, 9);
  const single = await measuredWith(1, 3);
  for (const name of names) await contestants[name].close();
  await rm(directory, { recursive: true });
  return figures(many, single);
};
