import type { Command } from '../kernel/decider.js';
import type { WebhookId } from '../kernel/ids.js';
import type { Milliseconds } from '../kernel/time.js';
import type { DeliveryFailure, WebhookConfiguration } from './webhook.events.js';

type To<Type extends string, Data = Readonly<Record<never, never>>> = Command<Type, WebhookId, Data>;

/** How an attempt ended. `retryAfter`: how long the endpoint asks to be left alone. */
export type DeliveryAnswer =
  | Readonly<{ outcome: 'taken' }>
  | Readonly<{ outcome: 'gone' }>
  | Readonly<{ outcome: 'failed'; failure: DeliveryFailure; retryAfter?: Milliseconds }>;

export type WebhookCommand =
  | To<'CreateWebhook', WebhookConfiguration & Readonly<{ enabled: boolean; secretId: string }>>
  | To<'ChangeWebhook', WebhookConfiguration & Readonly<{ enabled: boolean }>>
  /** `overlap`: how long the secret in force goes on signing beside the new one. */
  | To<'RotateWebhookSecret', { secretId: string; overlap: Milliseconds }>
  | To<'RemoveWebhook'>
  /** Ends a pause before its time: the next delivery is tried at once. */
  | To<'ResumeWebhook'>
  /** Without positions: all of them. */
  | To<'ResendDeadLetters', { positions?: readonly number[] }>
  /** `chance`: at least 0 and less than 1, for the jitter of what follows. */
  | To<
      'ReportDeliveryAnswer',
      { position: number; eventId: string; eventType: string; answer: DeliveryAnswer; chance: number }
    >;

export type WebhookRejection =
  'unknown-webhook' | 'bad-webhook-url' | 'unknown-event-type' | 'unknown-dead-letter' | 'webhook-is-disabled';
