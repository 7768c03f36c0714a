import type { Checkpoints } from '#domain/contracts/checkpoints.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { WebhookDesk } from '#domain/contracts/webhook-desk.js';
import type { WebhookSecrets, WebhookSender } from '#domain/contracts/webhook-sender.js';
import type { LiveViews } from '../live-views.js';
import type { Log } from '../log.js';
import { deliverWebhooks, type WebhookDelivery } from './deliver-webhooks.js';
import { createWebhookDesk } from './webhook-desk.js';

/** What the outside gives to webhooks. */
export type WebhookParts = Readonly<{ sender: WebhookSender; secrets: WebhookSecrets }>;

export type WebhookTools = WebhookParts &
  Readonly<{
    store: Readonly<{ events: EventStore; checkpoints: Checkpoints }>;
    commands: CommandBus;
    clock: Clock;
    log: Log;
    views: LiveViews;
  }>;

export type Webhooks = WebhookDelivery & Readonly<{ desk: WebhookDesk }>;

/** Deliveries, and what may be asked about them. */
export const createWebhooks = ({ store, sender, secrets, ...tools }: WebhookTools): Webhooks => {
  const delivery = deliverWebhooks({
    ...tools,
    store: store.events,
    checkpoints: store.checkpoints,
    sender,
    seed: String(tools.clock.now()),
  });
  const desk = createWebhookDesk({ views: tools.views, sender, secrets, deliveredUpTo: delivery.deliveredUpTo });
  return { ...delivery, desk };
};
