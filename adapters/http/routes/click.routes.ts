import { z } from 'zod';
import { contactIdSchema, iconSessionIdSchema } from '../../wire/basic.schemas.js';
import { clickRequestSchema } from '../../wire/customer.schemas.js';
import { problemOf } from '../../wire/problems.js';
import type { HttpDependencies } from '../dependencies.js';
import { refused, reply } from '../reply.js';
import { route, type Route } from '../route.js';

const clickedSchema = z
  .strictObject({
    token: z.string().meta({ description: 'For the namespace /customer' }),
    sessionId: iconSessionIdSchema,
    contactId: contactIdSchema,
  })
  .meta({ id: 'Clicked' });

export const clickRoutes = ({ access, customerDesk }: HttpDependencies): readonly Route[] => [
  route({
    method: 'POST',
    path: '/v1/clicks',
    summary: 'A customer clicked an icon: asked by the call window; the same click key is the same click',
    access: { kind: 'public' },
    limits: ['click'],
    body: clickRequestSchema,
    replies: { 201: { description: 'The call is on its way', schema: clickedSchema } },
    refusals: [
      'forged-token',
      'expired-token',
      'replayed-token',
      'foreign-origin',
      'unknown-merchant',
      'unknown-link',
      'no-merchant-named',
      'rate-limited',
      'log-unavailable',
    ],
    handle: async ({ body, from }) => {
      const outcome = await customerDesk.click(body, from);
      switch (outcome.outcome) {
        case 'accepted': {
          const { sessionId, contactId } = outcome;
          return reply(201, { token: await access.mintCustomerToken(sessionId), sessionId, contactId });
        }
        case 'refused':
          return { problem: problemOf(outcome.reason) };
        case 'failed':
          return refused('log-unavailable');
      }
    },
  }),
];
