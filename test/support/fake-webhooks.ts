import type { CommandOutcome } from '#domain/contracts/command-bus.js';
import type { WebhookDesk, WebhookView } from '#domain/contracts/webhook-desk.js';
import { tenantOf, type WebhookId } from '#domain/kernel/ids.js';
import type { WebhookCommand } from '#domain/webhook/webhook.commands.js';
import { webhookDecider } from '#domain/webhook/webhook.decider.js';
import { noWebhook, type Webhook } from '#domain/webhook/webhook.state.js';

/** Webhooks by their own rules, in memory; nothing is ever delivered. */
export const fakeWebhooks = () => {
  const webhooks = new Map<WebhookId, Webhook>();
  const viewOf = ([webhookId, { configuration, enabled, failed, deadLetters }]: [WebhookId, Webhook]): WebhookView => ({
    webhookId,
    ...configuration,
    enabled,
    state: enabled ? 'working' : 'disabled',
    retrying: failed.size,
    deadLetters: deadLetters.size,
  });
  const desk: WebhookDesk = {
    webhooks: (merchantId) => [...webhooks].filter(([id]) => tenantOf(id) === merchantId).map(viewOf),
    webhook: (webhookId) => {
      const webhook = webhooks.get(webhookId);
      return webhook && viewOf([webhookId, webhook]);
    },
    deadLetters: (webhookId) => [...(webhooks.get(webhookId)?.deadLetters.values() ?? [])],
    refusalOf: (url) => (url.includes('//10.') ? 'webhook-address-not-allowed' : undefined),
    secretOf: (webhookId, secretId) => `whsec_${Buffer.from(`${webhookId} ${secretId}`).toString('base64')}`,
  };
  return {
    desk,
    /** @param position of what happened */
    take: (command: WebhookCommand, position: number): CommandOutcome => {
      const webhook = webhooks.get(command.target) ?? noWebhook;
      const decision = webhookDecider.decide(command, webhook);
      if (decision.outcome === 'rejected') return decision;
      const next = decision.events.reduce(webhookDecider.evolve, webhook);
      if (next.known) webhooks.set(command.target, next);
      else webhooks.delete(command.target);
      return { outcome: 'accepted', events: decision.events.length, position };
    },
  };
};
