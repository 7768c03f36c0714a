import type { WebhookId } from '../kernel/ids.js';
import type { RecordedEvent } from '../kernel/message.js';
import type { DeliveryAnswer } from '../webhook/webhook.commands.js';

export type WebhookDelivery = Readonly<{
  webhookId: WebhookId;
  url: string;
  event: RecordedEvent;
  /** Whether the body may hold what says something about a person. */
  includePersonalData: boolean;
  /** Secrets that sign, newest first. */
  secretIds: readonly string[];
}>;

export type WebhookUrlRefusal = 'bad-webhook-url' | 'webhook-address-not-allowed';

/** Posts events to merchants' endpoints, signed by Standard Webhooks. */
export interface WebhookSender {
  /** One attempt, in bounded time and memory. Never rejects: whatever goes wrong is an answer. */
  send(delivery: WebhookDelivery): Promise<DeliveryAnswer>;
  /** Why nothing could ever be sent there; of a name, what it resolves to is seen when something is sent. */
  refusalOf(url: string): WebhookUrlRefusal | undefined;
  /** Closes what is kept open for a webhook that is off or gone. */
  forget(webhookId: WebhookId): void;
  /** Attempts under way end as unreachable. */
  close(): Promise<void>;
}

/** The secrets that webhooks sign with. Only their ids stand in the log. */
export interface WebhookSecrets {
  /** `whsec_…`, base64 of 256 bits: the same for the same webhook and id, and to be had nowhere but here. */
  secretOf(webhookId: WebhookId, secretId: string): string;
}
