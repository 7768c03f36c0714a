import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { recordBusyDay } from '#test/support/busy-day/busy-day.js';
import { measureStall } from './cold-start/measure-stall.js';
import { startCold, type ColdStart } from './cold-start/start-product.js';
import { writeLog } from './cold-start/write-log.js';
import type { Benchmark } from './run.js';

/** At most this share of the time that one sequential reading of the log file takes. */
const mostOfLogRead = 0.1;
const merchants = 4;
const repeats = 5;

const rounded = (value: number): number => Number(value.toPrecision(4));
const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;

/** `cat` of the file; what the machine has room for comes from its page cache, as it does for whoever starts again. */
const readSequentially = async (file: string): Promise<number> => {
  const began = performance.now();
  const [code] = (await once(spawn('cat', [file], { stdio: ['ignore', 'ignore', 'inherit'] }), 'exit')) as [number];
  if (code !== 0) throw new Error(`the log could not be read: ${code}`);
  return performance.now() - began;
};

const stepsOf = ({ steps, readyMs }: ColdStart): string =>
  [...steps, { what: 'ready', at: readyMs }].map(({ what, at }) => `${Math.round(at)} ${what}`).join('; ');

const sizeOfSnapshot = async (data: string): Promise<number> => {
  const directory = join(data, 'snapshots');
  const sizes = await Promise.all(
    (await readdir(directory)).map(async (name) => (await stat(join(directory, name))).size),
  );
  return Math.max(...sizes);
};

/** How long a start takes with a long log: with a snapshot, after a crash, and without one. */
export const run: Benchmark = async ({ log, args }) => {
  const events = args.includes('--short') ? 200_000 : 5_000_000;
  await mkdir('data', { recursive: true });
  const data = await mkdtemp(join('data', 'bench-cold-start-'));
  try {
    const began = performance.now();
    const last = await writeLog(data, await recordBusyDay(), events, merchants);
    log(`${last} events are written in ${Math.round((performance.now() - began) / 1000)} s`);

    const first = await startCold(data, last);
    log(`without a snapshot: ${stepsOf(first)}`);
    await first.untilQuiet();
    await first.stop();

    const starts: ColdStart[] = [];
    for (let nth = 0; nth < repeats; nth += 1) {
      const start = await startCold(data, last);
      log(`with a snapshot: ${Math.round(start.processMs)} before; ${stepsOf(start)}`);
      starts.push(start);
      await start.stop();
    }
    const snapshotBytes = await sizeOfSnapshot(data);

    const file = join(data, 'events.db');
    const reads: number[] = [];
    for (let nth = 0; nth < repeats; nth += 1) reads.push(await readSequentially(file));

    const taking = await startCold(data, last);
    const firstCallMs = await taking.placeCall();
    await taking.kill();
    const afterCrash = await startCold(data, last);
    log(`after a crash: ${stepsOf(afterCrash)}`);
    await afterCrash.stop();

    const stall = await measureStall();
    const [readyMs, logReadMs] = [median(starts.map((start) => start.readyMs)), median(reads)];
    const ratioToLogRead = readyMs / logReadMs;
    if (ratioToLogRead > mostOfLogRead) {
      log(`a start takes ${rounded(ratioToLogRead)} of a reading of the log, and ${mostOfLogRead} is the limit`);
      process.exitCode = 1;
    }
    return {
      events: last,
      logBytes: (await stat(file)).size,
      snapshotBytes,
      readyMs: rounded(readyMs),
      readyCpuMs: rounded(median(starts.map((start) => start.readyCpuMs))),
      processMs: rounded(median(starts.map((start) => start.processMs))),
      logReadMs: rounded(logReadMs),
      ratioToLogRead: rounded(ratioToLogRead),
      withoutSnapshotMs: rounded(first.readyMs),
      afterCrashMs: rounded(afterCrash.readyMs),
      firstCallMs: rounded(firstCallMs),
      ...stall,
    };
  } finally {
    await rm(data, { recursive: true });
  }
};
