import type { WebhookDesk, WebhookState, WebhookView } from '#domain/contracts/webhook-desk.js';
import type { WebhookSecrets, WebhookSender } from '#domain/contracts/webhook-sender.js';
import { defined } from '#domain/kernel/defined.js';
import type { WebhookId } from '#domain/kernel/ids.js';
import type { Webhook } from '#domain/webhook/webhook.state.js';
import { webhookOf, webhooksOf, type KnownWebhook } from '#projections/webhooks/webhooks.projection.js';
import type { LiveViews } from '../live-views.js';

export type WebhookDeskTools = Readonly<{
  views: LiveViews;
  sender: Pick<WebhookSender, 'refusalOf'>;
  secrets: WebhookSecrets;
  deliveredUpTo: (webhookId: WebhookId) => number | undefined;
}>;

const stateOf = ({ enabled, pause, failingSince }: Webhook): WebhookState => {
  if (!enabled) return 'disabled';
  if (pause) return 'paused';
  return failingSince === undefined ? 'working' : 'failing';
};

/** What merchants and operators ask about webhooks. */
export const createWebhookDesk = ({ views, sender, secrets, deliveredUpTo }: WebhookDeskTools): WebhookDesk => {
  const viewOf = ({ webhookId, webhook }: KnownWebhook): WebhookView => ({
    webhookId,
    ...webhook.configuration,
    enabled: webhook.enabled,
    state: stateOf(webhook),
    retrying: webhook.failed.size,
    deadLetters: webhook.deadLetters.size,
    ...defined({
      failingSince: webhook.failingSince,
      lastFailure: webhook.lastFailure,
      pausedUntil: webhook.pause?.until,
      disabledBecause: webhook.disabledBecause,
      deliveredUpTo: deliveredUpTo(webhookId),
    }),
  });
  return {
    webhooks: (merchantId) => Array.from(webhooksOf(views.folds.webhooks, merchantId).values(), viewOf),
    webhook: (webhookId) => {
      const known = webhookOf(views.folds.webhooks, webhookId);
      return known && viewOf(known);
    },
    deadLetters: (webhookId) => {
      const letters = webhookOf(views.folds.webhooks, webhookId)?.webhook.deadLetters.values() ?? [];
      return [...letters].sort((one, other) => one.position - other.position);
    },
    refusalOf: (url) => sender.refusalOf(url),
    secretOf: (webhookId, secretId) => secrets.secretOf(webhookId, secretId),
  };
};
