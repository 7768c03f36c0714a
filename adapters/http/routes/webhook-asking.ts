import type { z } from 'zod';
import type { CommandOutcome } from '#domain/contracts/command-bus.js';
import { webhookId, type WebhookId } from '#domain/kernel/ids.js';
import type { WebhookCommand } from '#domain/webhook/webhook.commands.js';
import type { ProblemCode } from '../../wire/problems.js';
import type { HttpDependencies } from '../dependencies.js';
import { replyTo, type Refused } from '../reply.js';
import { route, type MerchantCaller, type Method, type Route } from '../route.js';
import { changed, namedPath } from './path-ids.js';

export const webhooksPath = '/v1/merchants/{merchant}/webhooks';
export const webhookPath = `${webhooksPath}/{webhook}`;
export const webhookAccess = { kind: 'merchant', roles: ['admin'] } as const;
export const webhookParams = namedPath('webhook');

export type WebhookChange = WebhookCommand extends infer Each
  ? Each extends WebhookCommand
    ? Pick<Each, 'type' | 'data'>
    : never
  : never;

type Described<Body> = Readonly<{
  method: Method;
  path: string;
  summary: string;
  body?: z.ZodType<Body>;
  refusals: readonly ProblemCode[];
}>;

/** How routes ask for what webhooks are to do. */
export const webhookAsking = ({ commands, clock }: HttpDependencies) => {
  const ask = (target: WebhookId, { actor }: MerchantCaller, change: WebhookChange): Promise<CommandOutcome> =>
    commands.dispatch({ ...change, target, at: clock.now() }, { actor });

  return {
    ask,
    /** A route that asks for one change of the webhook in its path. */
    changing: <Body = undefined>(described: Described<Body>, change: (body: Body) => WebhookChange | Refused): Route =>
      route<'merchant', { webhook: string }, undefined, Body>({
        ...described,
        access: webhookAccess,
        params: webhookParams,
        replies: { 200: { description: 'It is so from now on', schema: changed } },
        handle: async ({ who, params: { webhook }, body }) => {
          const asked = change(body);
          return 'problem' in asked ? asked : replyTo(await ask(webhookId(who.merchantId, webhook), who, asked));
        },
      }),
  };
};
