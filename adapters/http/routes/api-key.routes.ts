import { z } from 'zod';
import { merchantStream } from '#domain/kernel/ids.js';
import { textSchema, uniquePartSchema } from '../../wire/basic.schemas.js';
import type { HttpDependencies } from '../dependencies.js';
import { refused, reply, replyTo } from '../reply.js';
import { route, type Route } from '../route.js';
import { merchantPath } from './path-ids.js';

const issued = z
  .strictObject({
    key: z.string().meta({ description: 'Shown this once, and kept nowhere' }),
    keyId: z.string(),
    label: z.string(),
    position: z.int(),
  })
  .meta({ id: 'IssuedApiKey' });

export const apiKeyRoutes = ({ access, backOffice, commands, clock }: HttpDependencies): readonly Route[] => [
  route({
    method: 'POST',
    path: '/v1/merchants/{merchant}/api-keys',
    summary: "Issue an API key for the merchant's server",
    access: { kind: 'merchant', roles: ['admin'] },
    params: merchantPath,
    body: z.strictObject({ label: textSchema(200) }),
    replies: { 201: { description: 'The key', schema: issued } },
    handle: async ({ who: { merchantId, actor }, body: { label } }) => {
      const { key, keyId, sha256 } = access.makeApiKey(merchantId);
      const outcome = await commands.dispatch(
        {
          type: 'IssueApiKey',
          target: merchantStream(merchantId),
          at: clock.now(),
          data: { keyId, label, sha256 },
        },
        { actor },
      );
      return replyTo(outcome, 201, { key, keyId, label });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/merchants/{merchant}/api-keys/{key}/fact-secret',
    summary: 'The secret that facts are signed with on the command topic; it ends with the API key',
    access: { kind: 'merchant', roles: ['admin'] },
    params: z.strictObject({ ...merchantPath.shape, key: uniquePartSchema }),
    refusals: ['unknown-api-key'],
    replies: { 200: { description: 'The secret', schema: z.strictObject({ keyId: z.string(), secret: z.string() }) } },
    handle: async ({ who: { merchantId }, params: { key } }) =>
      backOffice.merchant(merchantId)?.apiKeys.has(key) === true
        ? reply(200, { keyId: key, secret: access.factSecret(merchantId, key) })
        : refused('unknown-api-key'),
  }),
];
