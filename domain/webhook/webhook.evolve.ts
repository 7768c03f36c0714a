import type { Instant } from '../kernel/time.js';
import type { DisabledBecause, WebhookEvent } from './webhook.events.js';
import { noWebhook, type FailedDelivery, type Webhook } from './webhook.state.js';

const having = <Value>(map: ReadonlyMap<number, Value>, key: number, value: Value): ReadonlyMap<number, Value> =>
  new Map(map).set(key, value);
const without = <Value>(map: ReadonlyMap<number, Value>, key: number): ReadonlyMap<number, Value> => {
  if (!map.has(key)) return map;
  const rest = new Map(map);
  rest.delete(key);
  return rest;
};

/** As if it had never failed, but for what is still to be delivered. */
const well = ({ failingSince: _since, lastFailure: _failure, pause: _pause, ...webhook }: Webhook): Webhook => ({
  ...webhook,
  failures: 0,
});

/** What was held back for it is due at once; what was set aside keeps its time. */
const resumed = ({ pause: _pause, ...webhook }: Webhook): Webhook => ({
  ...webhook,
  failed: new Map(
    [...webhook.failed].map(([position, each]) => [
      position,
      each.setAside ? each : { ...each, retryAt: each.firstFailedAt },
    ]),
  ),
});

/** What was owed becomes dead letters. */
const disabled = (webhook: Webhook, disabledBecause: DisabledBecause, abandonedAt: Instant): Webhook => {
  const { pause: _pause, ...rest } = webhook;
  const letters = [...webhook.failed.values()].map(({ retryAt: _retryAt, setAside: _setAside, ...letter }) => letter);
  const deadLetters = new Map(webhook.deadLetters);
  for (const letter of letters) deadLetters.set(letter.position, { ...letter, abandonedAt });
  return { ...rest, enabled: false, disabledBecause, failed: new Map(), deadLetters };
};

const withSecret = (
  webhook: Webhook,
  { secretId, previousUntil }: Extract<WebhookEvent, { type: 'WebhookSecretIssued' }>['data'],
): Webhook => {
  const previous = webhook.secrets.at(-1);
  const before = previous && previousUntil !== undefined ? [{ secretId: previous.secretId, until: previousUntil }] : [];
  return { ...webhook, secrets: [...before, { secretId }] };
};

const resent = (
  webhook: Webhook,
  { positions, at }: Extract<WebhookEvent, { type: 'WebhookDeadLettersResent' }>['data'],
): Webhook => {
  const [failed, deadLetters] = [new Map(webhook.failed), new Map(webhook.deadLetters)];
  for (const position of positions) {
    const letter = deadLetters.get(position);
    if (!letter || !deadLetters.delete(position)) continue;
    const { eventId, eventType, failure } = letter;
    const again: FailedDelivery = {
      position,
      eventId,
      eventType,
      failure,
      attempts: 0,
      firstFailedAt: at,
      retryAt: at,
      setAside: true,
    };
    failed.set(position, again);
  }
  return { ...webhook, failed, deadLetters };
};

export const evolveWebhook = (webhook: Webhook, event: WebhookEvent): Webhook => {
  const { type, data } = event;
  switch (type) {
    case 'WebhookDefined':
      return { ...webhook, known: true, configuration: data };
    case 'WebhookEnabled': {
      const { disabledBecause: _because, ...rest } = well(webhook);
      return { ...rest, enabled: true };
    }
    case 'WebhookDisabled':
      return disabled(webhook, data.because, data.at);
    case 'WebhookSecretIssued':
      return withSecret(webhook, data);
    case 'WebhookRemoved':
      return noWebhook;
    case 'WebhookDeliveryFailed': {
      const { failedAt, ...failed } = data;
      return {
        ...webhook,
        failures: data.failure.fault === 'refused' ? 0 : webhook.failures + 1,
        failingSince: webhook.failingSince ?? failedAt,
        lastFailure: data.failure,
        failed: having(webhook.failed, data.position, failed),
      };
    }
    case 'WebhookDeliveryAbandoned':
      return {
        ...webhook,
        failures: data.failure.fault === 'refused' ? 0 : webhook.failures + 1,
        failingSince: webhook.failingSince ?? data.abandonedAt,
        lastFailure: data.failure,
        failed: without(webhook.failed, data.position),
        deadLetters: having(webhook.deadLetters, data.position, data),
      };
    case 'WebhookDelivered':
      return { ...well(webhook), failed: without(webhook.failed, data.position) };
    case 'WebhookPaused':
      return { ...webhook, pause: { since: data.since, until: data.until, times: (webhook.pause?.times ?? 0) + 1 } };
    case 'WebhookResumed':
      return resumed(webhook);
    case 'WebhookDeadLettersResent':
      return resent(webhook, data);
  }
};
