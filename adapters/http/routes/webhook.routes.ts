import { z } from 'zod';
import { webhookId, type MerchantId, type WebhookId } from '#domain/kernel/ids.js';
import type { ProblemCode } from '../../wire/problems.js';
import type { HttpDependencies } from '../dependencies.js';
import { refused, reply, replyTo, type Refused, type Reply } from '../reply.js';
import { route, type MerchantCaller, type Route } from '../route.js';
import { issuedSecretSchema, webhookBodySchema, webhookSchema } from '../webhook.schemas.js';
import { merchantPath } from './path-ids.js';
import {
  webhookAccess,
  webhookAsking,
  webhookParams,
  webhookPath,
  webhooksPath,
  type WebhookChange,
} from './webhook-asking.js';

const misconfigured: readonly ProblemCode[] = [
  'bad-webhook-url',
  'webhook-address-not-allowed',
  'unknown-event-type',
  'unknown-webhook',
];

/** More of them would only slow each other down. */
const mostWebhooks = 20;
const day = 86_400;

type Body = z.output<typeof webhookBodySchema>;
const configurationIn = ({ url, events, description = '', includePersonalData = false, enabled = true }: Body) => ({
  url,
  events,
  description,
  includePersonalData,
  enabled,
});

/** How a merchant's server says where it wants to be told of events, and finds out how that goes. */
export const webhookRoutes = (dependencies: HttpDependencies): readonly Route[] => {
  const { webhookDesk, ids } = dependencies;
  const { ask, changing } = webhookAsking(dependencies);

  const newSecret = async (
    target: WebhookId,
    who: MerchantCaller,
    change: (secretId: string) => WebhookChange,
  ): Promise<Reply | Refused> => {
    const secretId = ids.next();
    const outcome = await ask(target, who, change(secretId));
    return replyTo(outcome, 201, { webhookId: target, secret: webhookDesk.secretOf(target, secretId) });
  };

  const refusalOf = (merchantId: MerchantId, { url }: Body): Refused | undefined => {
    const wrong = webhookDesk.refusalOf(url);
    if (wrong) return refused(wrong);
    return webhookDesk.webhooks(merchantId).length >= mostWebhooks ? refused('too-many-webhooks') : undefined;
  };

  return [
    route({
      method: 'GET',
      path: webhooksPath,
      summary: 'The webhooks of a merchant, and how they are',
      access: webhookAccess,
      params: merchantPath,
      replies: { 200: { description: 'As of now', schema: z.strictObject({ webhooks: z.array(webhookSchema) }) } },
      handle: async ({ who: { merchantId } }) => reply(200, { webhooks: webhookDesk.webhooks(merchantId) }),
    }),
    route({
      method: 'POST',
      path: webhooksPath,
      summary: 'Be told of events from now on',
      access: webhookAccess,
      params: merchantPath,
      body: webhookBodySchema,
      replies: {
        201: {
          description: 'The webhook, and the secret that its deliveries are signed with',
          schema: issuedSecretSchema,
        },
      },
      refusals: ['bad-webhook-url', 'webhook-address-not-allowed', 'unknown-event-type', 'too-many-webhooks'],
      handle: async ({ who, body }) =>
        refusalOf(who.merchantId, body) ??
        newSecret(webhookId(who.merchantId, ids.next()), who, (secretId) => ({
          type: 'CreateWebhook',
          data: { ...configurationIn(body), secretId },
        })),
    }),
    route({
      method: 'GET',
      path: webhookPath,
      summary: 'One webhook, and how it is',
      access: webhookAccess,
      params: webhookParams,
      replies: { 200: { description: 'As of now', schema: webhookSchema } },
      refusals: ['unknown-webhook'],
      handle: async ({ who, params: { webhook } }) => {
        const found = webhookDesk.webhook(webhookId(who.merchantId, webhook));
        return found ? reply(200, found) : refused('unknown-webhook');
      },
    }),
    changing(
      {
        method: 'PUT',
        path: webhookPath,
        summary: 'Change a webhook, or switch it off and on; events while it is off are not told later',
        body: webhookBodySchema,
        refusals: misconfigured,
      },
      (body) => {
        const wrong = webhookDesk.refusalOf(body.url);
        return wrong ? refused(wrong) : { type: 'ChangeWebhook', data: configurationIn(body) };
      },
    ),
    changing(
      {
        method: 'DELETE',
        path: webhookPath,
        summary: 'Remove a webhook and what is still owed to it',
        refusals: ['unknown-webhook'],
      },
      () => ({ type: 'RemoveWebhook', data: {} }),
    ),
    route({
      method: 'POST',
      path: `${webhookPath}/secret`,
      summary: 'Issue a new signing secret; the one before it signs as well for a while',
      access: webhookAccess,
      params: webhookParams,
      body: z.strictObject({
        overlapSeconds: z
          .int()
          .min(0)
          .max(7 * day)
          .exactOptional()
          .meta({ description: 'A day if left out' }),
      }),
      replies: { 201: { description: 'The new secret', schema: issuedSecretSchema } },
      refusals: ['unknown-webhook'],
      handle: ({ who, params: { webhook }, body: { overlapSeconds = day } }) =>
        newSecret(webhookId(who.merchantId, webhook), who, (secretId) => ({
          type: 'RotateWebhookSecret',
          data: { secretId, overlap: overlapSeconds * 1_000 },
        })),
    }),
  ];
};
