import { z } from 'zod';
import { webhookId } from '#domain/kernel/ids.js';
import { positionSchema } from '../../wire/basic.schemas.js';
import type { HttpDependencies } from '../dependencies.js';
import { refused, reply } from '../reply.js';
import { route, type Route } from '../route.js';
import { deadLetterSchema } from '../webhook.schemas.js';
import { webhookAccess, webhookAsking, webhookParams, webhookPath } from './webhook-asking.js';

/** What a merchant's server can do about deliveries that failed. */
export const webhookDeliveryRoutes = (dependencies: HttpDependencies): readonly Route[] => {
  const { webhookDesk } = dependencies;
  const { changing } = webhookAsking(dependencies);

  return [
    changing(
      {
        method: 'POST',
        path: `${webhookPath}/resume`,
        summary: 'Try a paused endpoint at once',
        refusals: ['unknown-webhook', 'webhook-is-disabled'],
      },
      () => ({ type: 'ResumeWebhook', data: {} }),
    ),
    route({
      method: 'GET',
      path: `${webhookPath}/dead-letters`,
      summary: 'Deliveries that were given up, oldest first',
      access: webhookAccess,
      params: webhookParams,
      replies: {
        200: { description: 'All of them', schema: z.strictObject({ deadLetters: z.array(deadLetterSchema) }) },
      },
      refusals: ['unknown-webhook'],
      handle: async ({ who, params: { webhook } }) => {
        const found = webhookDesk.webhook(webhookId(who.merchantId, webhook));
        return found
          ? reply(200, { deadLetters: webhookDesk.deadLetters(found.webhookId) })
          : refused('unknown-webhook');
      },
    }),
    changing(
      {
        method: 'POST',
        path: `${webhookPath}/dead-letters/resend`,
        summary: 'Send dead letters again: those at these positions, or all of them',
        body: z.strictObject({ positions: z.array(positionSchema).min(1).max(1_000).exactOptional() }),
        refusals: ['unknown-webhook', 'unknown-dead-letter', 'webhook-is-disabled'],
      },
      (body) => ({ type: 'ResendDeadLetters', data: body }),
    ),
  ];
};
