import type { MerchantId, WebhookId } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { DeliveryFailure, DisabledBecause, WebhookConfiguration } from '../webhook/webhook.events.js';
import type { DeadLetter } from '../webhook/webhook.state.js';
import type { WebhookUrlRefusal } from './webhook-sender.js';

/** `paused`: left alone until `pausedUntil`, then probed with one delivery. */
export type WebhookState = 'working' | 'failing' | 'paused' | 'disabled';

/** A webhook as its merchant sees it. */
export type WebhookView = WebhookConfiguration &
  Readonly<{
    webhookId: WebhookId;
    enabled: boolean;
    state: WebhookState;
    /** Since when nothing was taken. */
    failingSince?: Instant;
    lastFailure?: DeliveryFailure;
    pausedUntil?: Instant;
    disabledBecause?: DisabledBecause;
    /** Deliveries that failed and will be tried again. */
    retrying: number;
    deadLetters: number;
    /** Everything up to this place in the log has been dealt with. */
    deliveredUpTo?: number;
  }>;

/** What is asked about webhooks. Every question names its tenant. */
export interface WebhookDesk {
  webhooks(merchantId: MerchantId): readonly WebhookView[];
  webhook(webhookId: WebhookId): WebhookView | undefined;
  /** Oldest first. */
  deadLetters(webhookId: WebhookId): readonly DeadLetter[];
  refusalOf(url: string): WebhookUrlRefusal | undefined;
  /** To be shown once, when it is new. */
  secretOf(webhookId: WebhookId, secretId: string): string;
}
