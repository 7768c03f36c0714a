import type { Instant } from '../kernel/time.js';
import type { DeliveryFailure, DisabledBecause, WebhookConfiguration } from './webhook.events.js';

/** A delivery that has failed and will be tried again. */
export type FailedDelivery = Readonly<{
  position: number;
  eventId: string;
  eventType: string;
  attempts: number;
  failure: DeliveryFailure;
  firstFailedAt: Instant;
  retryAt: Instant;
  setAside: boolean;
}>;

/** A delivery that is no longer tried. */
export type DeadLetter = Readonly<{
  position: number;
  eventId: string;
  eventType: string;
  attempts: number;
  failure: DeliveryFailure;
  firstFailedAt: Instant;
  abandonedAt: Instant;
}>;

/** A secret that signs; `until`: no longer than that. */
export type WebhookSecret = Readonly<{ secretId: string; until?: Instant }>;

/** The endpoint is left alone until then; `times`: how often in a row. */
export type Pause = Readonly<{ since: Instant; until: Instant; times: number }>;

export type Webhook = Readonly<{
  known: boolean;
  configuration: WebhookConfiguration;
  enabled: boolean;
  disabledBecause?: DisabledBecause;
  /** The one in force last. */
  secrets: readonly WebhookSecret[];
  /** In a row, since the endpoint last answered; to refuse one event is an answer too. */
  failures: number;
  /** Nothing was taken since then. */
  failingSince?: Instant;
  lastFailure?: DeliveryFailure;
  pause?: Pause;
  /** By position. */
  failed: ReadonlyMap<number, FailedDelivery>;
  deadLetters: ReadonlyMap<number, DeadLetter>;
}>;

export const noWebhook: Webhook = {
  known: false,
  configuration: { url: '', events: [], description: '', includePersonalData: false },
  enabled: false,
  secrets: [],
  failures: 0,
  failed: new Map(),
  deadLetters: new Map(),
};

/** The secrets that sign at that moment, newest first: at most two. */
export const secretsAt = ({ secrets }: Webhook, now: Instant): readonly string[] =>
  secrets
    .filter(({ until }) => until === undefined || until > now)
    .map(({ secretId }) => secretId)
    .reverse();
