import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '#adapters/clock/system.clock.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import { startBroker } from '#test/support/kafka/broker.js';
import { missingForKafka } from '#test/support/kafka/class-path.js';
import { bareKafkajs, makeTopic, messagesOf, trunkline, type Measured } from './publish/contestants.js';
import { recordDay } from './publish/recorded-day.js';
import type { Benchmark } from './run.js';

const count = 160_000;
/** What the product may cost beside bare kafkajs. */
const limit = 0.7;

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
const figure = (value: number): number => Number(value.toPrecision(4));

type Round = Readonly<{ product: Measured; bare: Measured }>;

const figuresOf = (rounds: readonly Round[]): Record<string, number> => {
  const of = (what: (round: Round) => number): number => figure(median(rounds.map(what)));
  return {
    eventsPerSecond: of(({ product }) => product.eventsPerSecond),
    bareKafkajsEventsPerSecond: of(({ bare }) => bare.eventsPerSecond),
    ratioToBareKafkajs: of(({ product, bare }) => product.eventsPerSecond / bare.eventsPerSecond),
    eventLoopUse: of(({ product }) => product.loopUse),
    bareKafkajsEventLoopUse: of(({ bare }) => bare.loopUse),
  };
};

/**
 * How fast a log on the disk gets into a real broker, beside kafkajs sending the same bytes from memory. The broker shares
 * the machine with both; each round is one after the other, so that they share its mood.
 */
export const run: Benchmark = async ({ log, args }) => {
  const missing = missingForKafka();
  if (missing !== undefined) throw new Error(missing);
  const times = args.includes('--short') ? 1 : 5;
  await mkdir('data', { recursive: true });
  const directory = await mkdtemp(join('data', 'bench-publish-'));
  const store = await openSqliteStore({ file: join(directory, 'events.db'), clock: systemClock });
  const broker = await startBroker();
  try {
    await recordDay(store.events, count);
    const messages = await messagesOf(store.events);
    log(
      `${count} events, ${Math.round(messages.reduce((sum, { value }) => sum + value.length, 0) / count)} bytes each`,
    );
    const rounds: Round[] = [];
    for (let nth = 0; nth <= times; nth += 1) {
      await makeTopic(broker.address, `bare-${nth}`);
      const bare = await bareKafkajs(messages, broker.address, `bare-${nth}`);
      const product = await trunkline(store.events, count, broker.address, `product-${nth}`);
      const said = [product, bare].map(({ eventsPerSecond }) => `${Math.round(eventsPerSecond)}/s`);
      log(`${nth === 0 ? 'warming up' : `round ${nth} of ${times}`}: product ${said[0]}, bare kafkajs ${said[1]}`);
      if (nth > 0) rounds.push({ product, bare });
    }
    const figures = figuresOf(rounds);
    const ratio = figures['ratioToBareKafkajs'] ?? 0;
    if (ratio < limit) process.exitCode = 1;
    log(`${ratio >= limit ? 'within' : 'misses'} the limit: ratioToBareKafkajs ${ratio}, at least ${limit}`);
    return figures;
  } finally {
    await broker.remove();
    await store.close();
    await rm(directory, { recursive: true });
  }
};
