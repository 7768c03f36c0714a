import { accept, ignore, type Decision } from '../kernel/decider.js';
import type { Instant } from '../kernel/time.js';
import {
  failuresToPause,
  giveUpAfter,
  granted,
  heldAttempts,
  mostSetAside,
  pauseUntil,
  retryAt,
  switchOffAfter,
} from './retry-schedule.js';
import type { DeliveryAnswer, WebhookCommand } from './webhook.commands.js';
import type { WebhookEvent } from './webhook.events.js';
import type { Webhook } from './webhook.state.js';

export type AnswerReported = Extract<WebhookCommand, { type: 'ReportDeliveryAnswer' }>;
type Failed = Extract<DeliveryAnswer, { outcome: 'failed' }>;

const isTooOld = (webhook: Webhook, { data, at }: AnswerReported): boolean =>
  at - (webhook.failed.get(data.position)?.firstFailedAt ?? at) >= giveUpAfter;

const setAsideNow = (webhook: Webhook): number =>
  [...webhook.failed.values()].filter(({ setAside }) => setAside).length;

/** An endpoint that is down holds everything back in order; one that refuses this event goes on without it. */
const maySetAside = (webhook: Webhook, attempts: number): boolean =>
  webhook.pause === undefined && attempts >= heldAttempts && setAsideNow(webhook) < mostSetAside;

const failedOnce = (webhook: Webhook, command: AnswerReported, { failure, retryAfter }: Failed): WebhookEvent => {
  const { at, data } = command;
  const { position, eventId, eventType, chance } = data;
  const before = webhook.failed.get(position);
  const attempts = (before?.attempts ?? 0) + 1;
  const told = { position, eventId, eventType, attempts, failure, firstFailedAt: before?.firstFailedAt ?? at };
  if (isTooOld(webhook, command)) return { type: 'WebhookDeliveryAbandoned', data: { ...told, abandonedAt: at } };
  return {
    type: 'WebhookDeliveryFailed',
    data: {
      ...told,
      failedAt: at,
      retryAt: retryAt(at, attempts, chance, retryAfter),
      setAside: before?.setAside === true || maySetAside(webhook, attempts),
    },
  };
};

/** To refuse one event is to be there for the next. */
const answers = ({ failure: { fault } }: Failed): boolean => fault === 'refused';

/** While a pause lasts only what asks for a longer one counts: the other answers were under way when it began. */
const isToPause = (webhook: Webhook, { at }: AnswerReported, { retryAfter }: Failed, until: Instant): boolean => {
  const { pause, failures } = webhook;
  if (pause !== undefined && at < pause.until) return retryAfter !== undefined && until > pause.until;
  return pause !== undefined || retryAfter !== undefined || failures + 1 >= failuresToPause;
};

const pausedThen = (webhook: Webhook, command: AnswerReported, answer: Failed): readonly WebhookEvent[] => {
  const { pause } = webhook;
  const { at, data } = command;
  if (answers(answer)) return pause === undefined ? [] : [{ type: 'WebhookResumed', data: {} }];
  const until = pauseUntil(at, pause?.times ?? 0, data.chance, answer.retryAfter);
  return isToPause(webhook, command, answer, until)
    ? [{ type: 'WebhookPaused', data: { since: pause?.since ?? at, until, failure: answer.failure } }]
    : [];
};

const hasFailedForDays = ({ failingSince }: Webhook, at: Instant): boolean =>
  failingSince !== undefined && at - failingSince >= switchOffAfter;

const decideFailed = (webhook: Webhook, command: AnswerReported, answer: Failed): Decision<WebhookEvent> => {
  const retryAfter = granted(answer.retryAfter);
  const { retryAfter: _asked, ...plain } = answer;
  const heard: Failed = retryAfter === undefined ? plain : { ...plain, retryAfter };
  const failed = failedOnce(webhook, command, heard);
  return hasFailedForDays(webhook, command.at)
    ? accept<WebhookEvent>(failed, { type: 'WebhookDisabled', data: { because: 'failing-for-days', at: command.at } })
    : accept<WebhookEvent>(failed, ...pausedThen(webhook, command, heard));
};

const decideTaken = (webhook: Webhook, { data: { position, eventId } }: AnswerReported): Decision<WebhookEvent> => {
  if (webhook.failingSince === undefined && !webhook.failed.has(position)) return ignore;
  const delivered: WebhookEvent = { type: 'WebhookDelivered', data: { position, eventId } };
  return webhook.pause === undefined
    ? accept<WebhookEvent>(delivered)
    : accept<WebhookEvent>(delivered, { type: 'WebhookResumed', data: {} });
};

/** What follows from how an attempt ended. Of a webhook that is off, or a delivery given up already, nothing. */
export const decideAnswer = (webhook: Webhook, command: AnswerReported): Decision<WebhookEvent> => {
  if (!webhook.enabled || webhook.deadLetters.has(command.data.position)) return ignore;
  const { answer } = command.data;
  switch (answer.outcome) {
    case 'taken':
      return decideTaken(webhook, command);
    case 'gone':
      return accept<WebhookEvent>({ type: 'WebhookDisabled', data: { because: 'gone', at: command.at } });
    case 'failed':
      return decideFailed(webhook, command, answer);
  }
};
