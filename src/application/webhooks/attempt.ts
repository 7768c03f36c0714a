import type { Clock } from '#domain/contracts/clock.js';
import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { WebhookSender } from '#domain/contracts/webhook-sender.js';
import type { WebhookId } from '#domain/kernel/ids.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import type { SeededRandom } from '#domain/kernel/seeded-random.js';
import type { DeliveryAnswer } from '#domain/webhook/webhook.commands.js';
import { secretsAt, type Webhook } from '#domain/webhook/webhook.state.js';
import type { Owed } from './lanes.js';

export type AttemptTools = Readonly<{
  store: EventStore;
  commands: CommandBus;
  sender: WebhookSender;
  clock: Clock;
  random: SeededRandom;
  /** Resolves when everything up to there has been heard. */
  reached: (position: number) => Promise<void>;
  /** The webhook as it is now; nothing when it is gone. */
  webhook: (webhookId: WebhookId) => Webhook | undefined;
}>;

/** `remembered`: not taken, and the webhook's own rules know; `open`: as if it had not been tried. */
export type Attempted = 'taken' | 'remembered' | 'open';

/**
 * One delivery, once. Its answer is told to the rules when they have to know: a failure, or that something which had failed
 * was taken.
 * @throws {Error} when the log cannot say what to deliver, or cannot take what became of it
 */
export const createAttempt = (webhookId: WebhookId, tools: AttemptTools) => {
  const { store, commands, sender, clock, random, reached } = tools;

  const isNews = (position: number): boolean => {
    const webhook = tools.webhook(webhookId);
    return webhook !== undefined && (webhook.failingSince !== undefined || webhook.failed.has(position));
  };

  const report = async ({ id, type, position, meta }: RecordedEvent, answer: DeliveryAnswer): Promise<void> => {
    const data = { position, eventId: id, eventType: type, answer, chance: random.fraction() };
    const outcome = await commands.dispatch(
      { type: 'ReportDeliveryAnswer', target: webhookId, at: clock.now(), data },
      { actor: 'webhook', causationId: id, correlationId: meta.correlationId },
    );
    if (outcome.outcome !== 'accepted') throw new Error(`answer not recorded: ${JSON.stringify(outcome)}`);
    await reached(outcome.position);
  };

  const send = (event: RecordedEvent, webhook: Webhook): Promise<DeliveryAnswer> => {
    const { url, includePersonalData } = webhook.configuration;
    return sender.send({ webhookId, url, event, includePersonalData, secretIds: secretsAt(webhook, clock.now()) });
  };

  const deliver = async (event: RecordedEvent, webhook: Webhook, isStopped: () => boolean): Promise<Attempted> => {
    const answer = await send(event, webhook);
    const isTaken = answer.outcome === 'taken';
    // What is broken off at the end is nobody's failure.
    if (!isTaken && isStopped()) return 'open';
    if (!isTaken || isNews(event.position)) await report(event, answer);
    return isTaken ? 'taken' : 'remembered';
  };

  return async ({ event, position }: Owed, isStopped: () => boolean): Promise<Attempted> => {
    const owed = event ?? (await store.readAt([position]))[0];
    const webhook = tools.webhook(webhookId);
    if (!webhook?.enabled || isStopped()) return 'open';
    // Without an event the log no longer holds it: there is nothing left to deliver.
    return owed ? deliver(owed, webhook, isStopped) : 'taken';
  };
};
