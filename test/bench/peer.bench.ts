import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { trunklineLog } from './append/trunkline.log.js';
import { measure, type Measured } from './append/workload.js';
import { emmettInQueue, emmettStore } from './peer/emmett.log.js';
import { fetchEmmett, type Emmett } from './peer/fetch-emmett.js';
import type { Benchmark } from './run.js';

/** Each of whom waits for one answer before the next append. */
const callers = 200;

type Figures = Record<string, number | string>;

const rounded = (value: number): number => Number(value.toPrecision(4));
const described = ({ eventsPerSecond, p50, p99 }: Measured): string =>
  `${Math.round(eventsPerSecond)}/s (p50 ${p50.toFixed(2)}, p99 ${p99.toFixed(2)} ms)`;

const figuresOf = (prefix: string, { eventsPerSecond, p50, p99 }: Measured): Figures => ({
  [`${prefix}EventsPerSecond`]: rounded(eventsPerSecond),
  [`${prefix}P50Ms`]: rounded(p50),
  [`${prefix}P99Ms`]: rounded(p99),
});

/** Emmett tells the console of each of its failures; here it is asked for the first. */
const withoutItsWords = async <Answer>(act: () => Promise<Answer>): Promise<Answer> => {
  const { log } = console;
  console.log = () => undefined;
  try {
    return await act();
  } finally {
    console.log = log;
  }
};

const failureUnderLoad = async (emmett: Emmett, file: string, ms: number): Promise<string | undefined> => {
  const store = emmettStore(emmett, file);
  const failure = await withoutItsWords(async () => {
    const first = await measure(store, callers, ms).then(
      () => undefined,
      (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)),
    );
    await store.close();
    return first;
  });
  return failure;
};

const compared = async (emmett: Emmett, directory: string, ms: number, log: (line: string) => void) => {
  const failure = await failureUnderLoad(emmett, join(directory, 'emmett.db'), ms);
  log(`emmett, ${callers} callers: ${failure === undefined ? 'answers' : `breaks with “${failure}”`}`);
  const peer = await emmettInQueue(emmett, join(directory, 'emmett-in-queue.db'));
  const trunkline = await trunklineLog(join(directory, 'trunkline.db'));
  for (const each of [peer, trunkline]) await measure(each, callers, ms / 4);
  const theirs = await measure(peer, callers, ms);
  log(`emmett, ${callers} callers in a queue, one append after the other: ${described(theirs)}`);
  const ours = await measure(trunkline, callers, ms);
  log(`trunkline, ${callers} callers at once: ${described(ours)}`);
  for (const each of [peer, trunkline]) await each.close();
  return {
    ratioToEmmett: rounded(ours.eventsPerSecond / theirs.eventsPerSecond),
    callers,
    ...figuresOf('trunkline', ours),
    ...figuresOf('emmettInQueue', theirs),
    emmettUnderThatLoad: failure === undefined ? 'answers' : `breaks: ${failure}`,
  };
};

/**
 * The same work on Emmett's SQLite store: durable appends of one event, each to the stream's expected revision. It
 * breaks when several call it at once, so it is measured under the load that it survives: the same callers wait in a
 * queue, and one append follows the other.
 */
export const run: Benchmark = async ({ log, args }) => {
  let emmett: Emmett;
  try {
    emmett = await fetchEmmett(log);
  } catch (thrown) {
    const why = thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : String(thrown);
    log(`Emmett could not be fetched, so nothing is compared: ${why}`);
    return { notCompared: `Emmett could not be fetched: ${why}` };
  }
  await mkdir('data', { recursive: true });
  const directory = await mkdtemp(join('data', 'bench-peer-'));
  try {
    return await compared(emmett, directory, args.includes('--short') ? 1000 : 5000, log);
  } finally {
    await rm(directory, { recursive: true });
  }
};
