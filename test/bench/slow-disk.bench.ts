import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { trunklineLog } from './append/trunkline.log.js';
import type { Benchmark } from './run.js';
import { measureSteady, type Steady } from './slow-disk/steady-load.js';

/** Writes as the product's own thread does, but each commit takes 2 ms longer to reach the disk. */
const slowWriter = new URL('./slow-disk/slow-writer.worker.js', import.meta.url);

const perSecond = 5000;
const rounded = (value: number): number => Number(value.toPrecision(4));

const described = ({ eventsPerSecond, p50, p99, longest, eventLoopUse }: Steady): string =>
  `${Math.round(eventsPerSecond)}/s, p50 ${p50.toFixed(2)}, p99 ${p99.toFixed(2)}, longest ${longest.toFixed(1)} ms, ` +
  `event loop ${(eventLoopUse * 100).toFixed(1)} %`;

const secondsIn = (args: readonly string[]): number => {
  const given = args[args.indexOf('--seconds') + 1];
  if (args.includes('--seconds')) return Number(given);
  return args.includes('--short') ? 3 : 15;
};

/**
 * What a disk that is slow to sync leaves of the event loop, on which telephony lives: 5 000 events a second, each sync
 * 2 ms longer. Beside it the same on the disk as it is, and what making up the load costs alone.
 * `--seconds <n>`: for so long, to see checkpoints.
 */
export const run: Benchmark = async ({ log, args }) => {
  const seconds = secondsIn(args);
  await mkdir('data', { recursive: true });
  const directory = await mkdtemp(join('data', 'bench-slow-disk-'));

  const measured = async (name: string, writer: URL | undefined, lasting: number): Promise<Steady> => {
    const { append, close } = await trunklineLog(join(directory, `${name}.db`), writer);
    const steady = await measureSteady(append, { perSecond, seconds: lasting });
    await close();
    log(`${name}: ${described(steady)}`);
    return steady;
  };

  await measured('warming-up', undefined, 1);
  const alone = await measureSteady(() => Promise.resolve(), { perSecond, seconds: Math.min(seconds, 5) });
  const asItIs = await measured('as-it-is', undefined, seconds);
  const slow = await measured('slow', slowWriter, seconds);
  await rm(directory, { recursive: true });
  return {
    eventLoopUse: rounded(slow.eventLoopUse),
    eventsPerSecond: rounded(slow.eventsPerSecond),
    p50Ms: rounded(slow.p50),
    p99Ms: rounded(slow.p99),
    longestMs: rounded(slow.longest),
    eventLoopUseOfLoadAlone: rounded(alone.eventLoopUse),
    asItIsEventLoopUse: rounded(asItIs.eventLoopUse),
    asItIsP50Ms: rounded(asItIs.p50),
    asItIsP99Ms: rounded(asItIs.p99),
    asItIsLongestMs: rounded(asItIs.longest),
  };
};
