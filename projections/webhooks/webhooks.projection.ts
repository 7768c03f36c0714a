import type { LogEvent } from '#domain/events.js';
import { tenantOf, type MerchantId, type WebhookId } from '#domain/kernel/ids.js';
import { webhookDecider } from '#domain/webhook/webhook.decider.js';
import type { WebhookEvent } from '#domain/webhook/webhook.events.js';
import { noWebhook, type Webhook } from '#domain/webhook/webhook.state.js';
import type { Projection } from '../projection.js';

export type KnownWebhook = Readonly<{
  webhookId: WebhookId;
  webhook: Webhook;
  /** It is told of events after this place in the log. */
  enabledAt: number;
}>;

export type WebhooksView = { byMerchant: Map<MerchantId, Map<WebhookId, KnownWebhook>> };

const evolve = (view: WebhooksView, event: LogEvent & WebhookEvent): void => {
  const webhookId = event.stream as WebhookId;
  const merchantId = tenantOf(webhookId);
  const own = view.byMerchant.get(merchantId) ?? new Map<WebhookId, KnownWebhook>();
  const before = own.get(webhookId);
  const webhook = webhookDecider.evolve(before?.webhook ?? noWebhook, event);
  const enabledAt = event.type === 'WebhookEnabled' ? event.position : (before?.enabledAt ?? event.position);
  if (webhook.known) own.set(webhookId, { webhookId, webhook, enabledAt });
  else own.delete(webhookId);
  view.byMerchant.set(merchantId, own);
};

/** Each merchant's webhooks, as the decider itself understands them; removed ones are gone. */
export const webhooks = {
  name: 'webhooks',
  version: 1,
  empty: (): WebhooksView => ({ byMerchant: new Map() }),
  on: {
    WebhookDefined: evolve,
    WebhookEnabled: evolve,
    WebhookDisabled: evolve,
    WebhookSecretIssued: evolve,
    WebhookRemoved: evolve,
    WebhookDeliveryFailed: evolve,
    WebhookDeliveryAbandoned: evolve,
    WebhookDelivered: evolve,
    WebhookPaused: evolve,
    WebhookResumed: evolve,
    WebhookDeadLettersResent: evolve,
  },
} satisfies Projection<WebhooksView, WebhookEvent['type']>;

const none: ReadonlyMap<WebhookId, KnownWebhook> = new Map();

export const webhooksOf = (view: WebhooksView, merchantId: MerchantId): ReadonlyMap<WebhookId, KnownWebhook> =>
  view.byMerchant.get(merchantId) ?? none;

export const webhookOf = (view: WebhooksView, webhookId: WebhookId): KnownWebhook | undefined =>
  webhooksOf(view, tenantOf(webhookId)).get(webhookId);
