import type { Checkpoints } from '#domain/contracts/checkpoints.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { WebhookSender } from '#domain/contracts/webhook-sender.js';
import type { LogEvent } from '#domain/events.js';
import { categoryOf, type WebhookId } from '#domain/kernel/ids.js';
import { seededRandom } from '#domain/kernel/seeded-random.js';
import type { Milliseconds } from '#domain/kernel/time.js';
import { webhookOf, webhooksOf, type KnownWebhook } from '#projections/webhooks/webhooks.projection.js';
import type { LiveViews } from '../live-views.js';
import type { Log } from '../log.js';
import { Courier } from './courier.js';

export type WebhookDeliveryTools = Readonly<{
  store: EventStore;
  checkpoints: Checkpoints;
  commands: CommandBus;
  sender: WebhookSender;
  clock: Clock;
  log: Log;
  views: LiveViews;
  /** Of the jitter between attempts. */
  seed: string;
}>;

export type WebhookDelivery = Readonly<{
  /** Each event once it is folded, in log order. */
  heard: (event: LogEvent) => void;
  /** What was heard so far is history: deliveries go on from what each endpoint has acknowledged. */
  goLive: () => void;
  deliveredUpTo: (webhookId: WebhookId) => number | undefined;
  close: () => Promise<void>;
}>;

const saveEvery: Milliseconds = 250;
/** A webhook that nothing concerns: how far it may fall behind before that is saved. */
const idleLag = 10_000;
/** At the end, for what is under way. */
const patience: Milliseconds = 2_000;

const checkpointOf = (webhookId: WebhookId): string => `webhook:${webhookId}`;

/** Tells merchants' endpoints what has happened, each at its own pace. */
export const deliverWebhooks = (tools: WebhookDeliveryTools): WebhookDelivery => {
  const { clock, log, checkpoints, sender, views } = tools;
  const random = seededRandom(tools.seed);
  const couriers = new Map<WebhookId, Courier>();
  const saved = new Map<WebhookId, number>();
  let live = false;
  let closed = false;

  const open = async ({ webhookId }: KnownWebhook): Promise<void> => {
    const checkpoint = await checkpoints.load(checkpointOf(webhookId));
    const known = webhookOf(views.folds.webhooks, webhookId);
    if (!known?.webhook.enabled || couriers.has(webhookId) || closed) return;
    const after = Math.max(checkpoint, known.enabledAt);
    saved.set(webhookId, after);
    const courier = new Courier(
      webhookId,
      {
        ...tools,
        random,
        heardUpTo: views.position,
        reached: views.reached,
        webhook: (id) => webhookOf(views.folds.webhooks, id)?.webhook,
      },
      after,
    );
    couriers.set(webhookId, courier);
  };

  const openUntilOpen = (known: KnownWebhook): void => {
    open(known).catch((error: unknown) => {
      log.warn({ webhook: known.webhookId, error }, 'a webhook could not be opened; will be tried again');
      clock.schedule(saveEvery, () => {
        openUntilOpen(known);
      });
    });
  };

  const stateChanged = (webhookId: WebhookId): void => {
    const known = webhookOf(views.folds.webhooks, webhookId);
    const courier = couriers.get(webhookId);
    if (known?.webhook.enabled === true) {
      if (courier) courier.stateChanged();
      else openUntilOpen(known);
      return;
    }
    couriers.delete(webhookId);
    void courier?.stop();
    sender.forget(webhookId);
  };

  const save = async (): Promise<void> => {
    for (const [webhookId, courier] of couriers) {
      const settled = courier.settledUpTo();
      const before = saved.get(webhookId) ?? 0;
      if (settled <= before || (!courier.hasDelivered() && settled - before < idleLag)) continue;
      await checkpoints.save(checkpointOf(webhookId), settled);
      saved.set(webhookId, settled);
    }
  };
  const saveForEver = (): void => {
    if (closed) return;
    void save()
      .catch((error: unknown) => {
        log.warn({ error }, 'how far webhooks have come was not saved; will be tried again');
      })
      .finally(() => clock.schedule(saveEvery, saveForEver));
  };

  return {
    heard: (event) => {
      if (!live) return;
      if (categoryOf(event.stream) === 'webhook') {
        stateChanged(event.stream as WebhookId);
        return;
      }
      for (const id of webhooksOf(views.folds.webhooks, event.meta.merchantId).keys()) couriers.get(id)?.heard(event);
    },
    goLive: () => {
      live = true;
      for (const own of views.folds.webhooks.byMerchant.values()) {
        for (const known of own.values()) if (known.webhook.enabled) openUntilOpen(known);
      }
      clock.schedule(saveEvery, saveForEver);
    },
    deliveredUpTo: (webhookId) => couriers.get(webhookId)?.settledUpTo(),
    close: async () => {
      live = false;
      closed = true;
      const stopping = Promise.all([...couriers.values()].map((courier) => courier.stop()));
      const patienceEnds = new Promise<void>((resolve) => void clock.schedule(patience, resolve));
      await Promise.race([stopping, patienceEnds]);
      await sender.close();
      await stopping;
      await save();
    },
  };
};
