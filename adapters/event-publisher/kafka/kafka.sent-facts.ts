import type { Clock } from '#domain/contracts/clock.js';
import type { TakeFact } from '#domain/contracts/sent-facts.js';
import type { Milliseconds } from '#domain/kernel/time.js';
import type { Log } from '../../wire/log.js';
import type { FactMessage, FactsReport, FactsRequest, FactsSettings, RefusedFact } from './facts.protocol.js';
import type { KafkaConnection } from './kafka-client.js';
import { keepThread } from './kept-thread.js';
import { readFact } from './read-fact.js';
import { topicsUnder } from './topics.js';

export type SentFactsSettings = Readonly<{
  connection: KafkaConnection;
  topicPrefix: string;
  /** Silence of the client of this length is a stall. */
  stallAfter?: Milliseconds;
}>;

type Tools = Readonly<{ clock: Clock; log: Log; takeFact: TakeFact }>;

const usualStall: Milliseconds = 60_000;

/**
 * Hears what other systems tell by the command topic. Facts of one key are taken in order, others beside them. What will
 * never be taken goes to the dead letters with the reason, and the next one has its turn.
 */
export const kafkaSentFacts = (
  { connection, topicPrefix, stallAfter = usualStall }: SentFactsSettings,
  { clock, log, takeFact }: Tools,
): Readonly<{ close: () => Promise<void> }> => {
  let answering = 0;

  const refusalOf = async (message: FactMessage): Promise<Omit<RefusedFact, 'index'> | undefined> => {
    const read = readFact(message);
    if ('reason' in read) return read;
    const outcome = await takeFact(read);
    return outcome.outcome === 'refused' ? { reason: outcome.reason } : undefined;
  };

  const takeAll = async (messages: readonly FactMessage[]): Promise<readonly RefusedFact[]> => {
    const refused: RefusedFact[] = [];
    const byKey = new Map<string, Promise<void>>();
    for (const [index, message] of messages.entries()) {
      const key = message.key === null ? '' : Buffer.from(message.key).toString('latin1');
      const before = byKey.get(key) ?? Promise.resolve();
      const taken = before.then(async () => {
        const refusal = await refusalOf(message);
        if (!refusal) return;
        refused.push({ index, ...refusal });
        log.warn(
          { reason: refusal.reason, detail: refusal.detail },
          'a fact was refused and is among the dead letters',
        );
      });
      byKey.set(key, taken);
    }
    await Promise.all(byKey.values());
    return refused;
  };

  const answer = async ({ id, messages }: Extract<FactsReport, { type: 'delivery' }>): Promise<void> => {
    answering += 1;
    try {
      thread.post({ type: 'answer', id, refused: await takeAll(messages) });
    } catch (error) {
      // Not committed: it comes again with the next thread.
      log.error({ error }, 'facts could not be taken');
    } finally {
      answering -= 1;
    }
  };

  const data: FactsSettings = { connection, topics: topicsUnder(topicPrefix), group: `${topicPrefix}.trunkline` };
  const thread = keepThread<FactsRequest, FactsReport>({
    name: 'kafka facts',
    file: new URL('./facts.worker.js', import.meta.url),
    data,
    clock,
    log,
    stallAfter,
    newsDue: () => answering === 0,
    onStarted: () => undefined,
    onReport: (report) => {
      if (report.type === 'delivery') void answer(report);
    },
    onEnded: () => undefined,
  });
  return { close: thread.close };
};
