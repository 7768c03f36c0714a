import { webhookSecrets } from '#adapters/access/webhook-secrets.js';
import { systemClock } from '#adapters/clock/system.clock.js';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import { undiciWebhookSender } from '#adapters/event-publisher/webhook/undici.webhook-sender.js';
import { ulidUniqueIds } from '#adapters/unique-ids/ulid.unique-ids.js';
import type { LogEvent } from '#domain/events.js';
import { accessLogOf, contactId, merchantId, webhookId } from '#domain/kernel/ids.js';
import type { EventId, NewEvent } from '#domain/kernel/message.js';
import { createCommandBus } from '#src/application/handle-command.js';
import { createLiveViews } from '#src/application/live-views.js';
import { createWebhooks, type Webhooks } from '#src/application/webhooks/webhooks.js';
import { recordingLog } from '../served-edge.js';

export const acme = merchantId('acme');

export type DeliveringLog = Readonly<{
  webhooks: Webhooks;
  complaints: readonly unknown[];
  /** A webhook that wants everything. */
  define: (name: string, url: string) => Promise<void>;
  /** So many events of as many contacts, in one append: the small news of a busy floor. */
  append: (count: number, contacts: number) => Promise<void>;
  close: () => Promise<void>;
}>;

/** A log whose events are delivered in real time, without the rest of the product. */
export const openDeliveringLog = async (): Promise<DeliveringLog> => {
  const clock = systemClock;
  const [store, ids, log] = [memoryStore({ clock }), ulidUniqueIds(clock), recordingLog()];
  const commands = createCommandBus({ store: store.events, ids, log });
  const views = createLiveViews();
  const secrets = webhookSecrets(Buffer.alloc(32, 7));
  const settings = { http: true, allowedNetworks: ['127.0.0.0/8'] };
  const sender = undiciWebhookSender({ secrets, clock, installation: '/test', settings });
  const webhooks = createWebhooks({ store, commands, sender, secrets, clock, log, views });
  const following = store.events.subscribe({
    after: 0,
    handle: (events) => {
      for (const event of events as unknown as readonly LogEvent[]) {
        views.fold(event);
        webhooks.heard(event);
      }
    },
    onStopped: (error) => {
      log.error({ error }, 'the log stopped');
    },
  });
  await following.caughtUp;
  webhooks.goLive();
  let told = 0;

  const news = (contacts: number): NewEvent => {
    const id = ids.next() as EventId;
    told += 1;
    const meta = {
      merchantId: acme,
      contactId: contactId(acme, String(told % contacts)),
      occurredAt: clock.now(),
      causationId: id,
      correlationId: id,
      actor: 'test',
    };
    const data = { who: `agent-acme.${told}`, sessionId: 'a session of a length that is usual'.repeat(8) };
    return { id, type: 'SignedIn', data, schemaVersion: 1, meta };
  };

  return {
    webhooks,
    complaints: log.lines,
    define: async (name, url) => {
      const target = webhookId(acme, name);
      const configuration = { url, events: ['*'], description: '', includePersonalData: false };
      const data = { ...configuration, enabled: true, secretId: 's1' };
      const outcome = await commands.dispatch(
        { type: 'CreateWebhook', target, at: clock.now(), data },
        { actor: 'test' },
      );
      if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
      await views.reached(outcome.position);
    },
    append: async (count, contacts) => {
      const events = Array.from({ length: count }, () => news(contacts));
      await store.events.append({ stream: accessLogOf(acme), expected: 'any', events });
    },
    close: async () => {
      await webhooks.close();
      await following.close();
      await store.events.close();
    },
  };
};
