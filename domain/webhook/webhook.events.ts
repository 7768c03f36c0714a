import type { DomainEvent } from '../kernel/decider.js';
import type { Instant } from '../kernel/time.js';

/** What a merchant says of a webhook. */
export type WebhookConfiguration = Readonly<{
  /** Where deliveries are posted to. */
  url: string;
  /** Names of event types, or of kinds of streams such as `call`; `*` is everything. */
  events: readonly string[];
  description: string;
  /** Whether bodies hold fields that say something about a person. */
  includePersonalData: boolean;
}>;

/** Why a delivery was not taken: the whole vocabulary. */
export type DeliveryFault =
  /** 4xx: the endpoint does not want this one. */
  | 'refused'
  /** 429 or 503: the endpoint asks for a pause. */
  | 'overloaded'
  /** 5xx. */
  | 'broken'
  /** 3xx: redirects are not followed. */
  | 'redirected'
  | 'timed-out'
  /** No such name, nobody listens, or the connection broke. */
  | 'unreachable'
  /** The certificate is not to be trusted, or the other end speaks no TLS. */
  | 'untrusted'
  /** The address is, or has become, one that webhooks may not reach. */
  | 'address-not-allowed'
  /** What came back is not HTTP. */
  | 'not-http';

export type DeliveryFailure = Readonly<{ fault: DeliveryFault; status?: number }>;

/** One delivery: the event that it tells, by its place in the log. */
type Delivery = Readonly<{ position: number; eventId: string; eventType: string }>;

export type DisabledBecause = 'merchant' | 'gone' | 'failing-for-days';

/**
 * What becomes of one webhook. Deliveries that are taken at the first attempt leave no event: how far they have come is
 * a checkpoint. No event holds a body or a secret.
 */
export type WebhookEvent =
  | DomainEvent<'WebhookDefined', WebhookConfiguration>
  | DomainEvent<'WebhookEnabled'>
  /** What had failed and was not yet taken becomes dead letters. */
  | DomainEvent<'WebhookDisabled', { because: DisabledBecause; at: Instant }>
  /** `previousUntil`: until when the secret before it signs as well. */
  | DomainEvent<'WebhookSecretIssued', { secretId: string; previousUntil?: Instant }>
  | DomainEvent<'WebhookRemoved'>
  | DomainEvent<
      'WebhookDeliveryFailed',
      Delivery & {
        attempts: number;
        failure: DeliveryFailure;
        firstFailedAt: Instant;
        failedAt: Instant;
        retryAt: Instant;
        /** Later events of the same contact no longer wait for it. */
        setAside: boolean;
      }
    >
  /** A dead letter: it waits until somebody asks for it to be sent again. */
  | DomainEvent<
      'WebhookDeliveryAbandoned',
      Delivery & { attempts: number; failure: DeliveryFailure; firstFailedAt: Instant; abandonedAt: Instant }
    >
  /** Told only of a delivery that had failed before, or that ends a time of failures. */
  | DomainEvent<'WebhookDelivered', { position: number; eventId: string }>
  | DomainEvent<'WebhookPaused', { since: Instant; until: Instant; failure: DeliveryFailure }>
  | DomainEvent<'WebhookResumed'>
  | DomainEvent<'WebhookDeadLettersResent', { positions: readonly number[]; at: Instant }>;
