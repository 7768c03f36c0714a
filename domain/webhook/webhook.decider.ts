import { accept, ignore, reject, type Decider, type Decision } from '../kernel/decider.js';
import { sameData } from '../kernel/same-data.js';
import { after, type Instant } from '../kernel/time.js';
import { decideAnswer } from './delivery-answer.js';
import { canBeWanted } from './wanted-events.js';
import type { WebhookCommand, WebhookRejection } from './webhook.commands.js';
import type { WebhookConfiguration, WebhookEvent } from './webhook.events.js';
import { evolveWebhook } from './webhook.evolve.js';
import { noWebhook, type Webhook } from './webhook.state.js';

type WebhookDecision = Decision<WebhookEvent, WebhookRejection>;

const configurationIn = ({
  url,
  events,
  description,
  includePersonalData,
}: WebhookConfiguration): WebhookConfiguration => ({ url, events, description, includePersonalData });

/** A whole address of the web that names no user, and nothing that a server would never see. */
const isWebAddress = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password, hash, href } = new URL(url);
  return (
    /^https?:$/.test(protocol) && `${username}${password}${hash}` === '' && !/[\s\\]/.test(url) && href.length <= 2_048
  );
};

const refusalOf = ({ url, events }: WebhookConfiguration): WebhookRejection | undefined => {
  if (!isWebAddress(url)) return 'bad-webhook-url';
  return events.length > 0 && events.every(canBeWanted) ? undefined : 'unknown-event-type';
};

/** On, off, or tried at once: another address is another endpoint, which need not wait for what the former one did. */
const switched = (
  { enabled, pause, configuration }: Webhook,
  given: WebhookConfiguration & Readonly<{ enabled: boolean }>,
  at: Instant,
): readonly WebhookEvent[] => {
  if (given.enabled !== enabled) {
    return given.enabled
      ? [{ type: 'WebhookEnabled', data: {} }]
      : [{ type: 'WebhookDisabled', data: { because: 'merchant', at } }];
  }
  const isMoved = pause !== undefined && configuration.url !== given.url;
  return isMoved ? [{ type: 'WebhookResumed', data: {} }] : [];
};

const configure = (
  webhook: Webhook,
  { data: given, at }: Extract<WebhookCommand, { type: 'CreateWebhook' | 'ChangeWebhook' }>,
  secret: readonly WebhookEvent[],
): WebhookDecision => {
  const refusal = refusalOf(given);
  if (refusal) return reject(refusal);
  const data = configurationIn(given);
  const isNews = !webhook.known || !sameData(webhook.configuration, data);
  return accept<WebhookEvent>(
    ...(isNews ? [{ type: 'WebhookDefined', data } as const] : []),
    ...secret,
    ...switched(webhook, given, at),
  );
};

const resend = (webhook: Webhook, command: Extract<WebhookCommand, { type: 'ResendDeadLetters' }>): WebhookDecision => {
  const positions = [...new Set(command.data.positions ?? webhook.deadLetters.keys())];
  if (!positions.every((position) => webhook.deadLetters.has(position))) return reject('unknown-dead-letter');
  if (!webhook.enabled) return reject('webhook-is-disabled');
  return positions.length === 0
    ? ignore
    : accept<WebhookEvent>({ type: 'WebhookDeadLettersResent', data: { positions, at: command.at } });
};

const decideKnown = (
  command: Exclude<WebhookCommand, { type: 'CreateWebhook' }>,
  webhook: Webhook,
): WebhookDecision => {
  const { type, data, at } = command;
  switch (type) {
    case 'ChangeWebhook':
      return configure(webhook, command, []);
    case 'RotateWebhookSecret':
      return accept<WebhookEvent>({
        type: 'WebhookSecretIssued',
        data: { secretId: data.secretId, previousUntil: after(at, data.overlap) },
      });
    case 'RemoveWebhook':
      return accept<WebhookEvent>({ type: 'WebhookRemoved', data: {} });
    case 'ResumeWebhook':
      if (!webhook.enabled) return reject('webhook-is-disabled');
      return webhook.pause === undefined ? ignore : accept<WebhookEvent>({ type: 'WebhookResumed', data: {} });
    case 'ResendDeadLetters':
      return resend(webhook, command);
    case 'ReportDeliveryAnswer':
      return decideAnswer(webhook, command);
  }
};

/** One webhook of a merchant: what it wants, whether its endpoint is well, and what is still owed to it. */
export const webhookDecider: Decider<WebhookCommand, Webhook, WebhookEvent, WebhookRejection> = {
  initialState: noWebhook,
  decide: (command, webhook) => {
    if (command.type === 'CreateWebhook') {
      const { secretId } = command.data;
      if (webhook.known) return ignore;
      return configure(webhook, command, [{ type: 'WebhookSecretIssued', data: { secretId } }]);
    }
    if (webhook.known) return decideKnown(command, webhook);
    // An answer may come in after the webhook was removed.
    return command.type === 'ReportDeliveryAnswer' ? ignore : reject('unknown-webhook');
  },
  evolve: evolveWebhook,
};
