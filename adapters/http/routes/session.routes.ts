import { z } from 'zod';
import type { SessionKey } from '#domain/contracts/back-office.js';
import { isScopedId, tenantOf, type MerchantId } from '#domain/kernel/ids.js';
import { textSchema } from '../../wire/basic.schemas.js';
import type { HttpDependencies } from '../dependencies.js';
import { foundSessionsSchema, leaseSchema } from '../record.schemas.js';
import { refused, reply } from '../reply.js';
import { route, type Route } from '../route.js';
import { merchantPath } from './path-ids.js';

const keySchema = z.strictObject({
  by: z.enum(['ani', 'gateway-number', 'pseudo-ani', 'session', 'customer', 'icon']),
  value: textSchema(256),
});

/** An id that says itself whose it is. */
const namesAnother = (merchantId: MerchantId, { by, value }: SessionKey): boolean => {
  const category = by === 'session' ? 'session' : by === 'icon' ? 'link' : undefined;
  return category !== undefined && isScopedId(category, value) && tenantOf(value) !== merchantId;
};

export const sessionRoutes = ({ backOffice }: HttpDependencies): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/merchants/{merchant}/sessions',
    summary: 'Which click does this call come from? Another merchant’s calls are not there',
    access: { kind: 'merchant', roles: ['admin'] },
    limits: ['look-up'],
    params: merchantPath,
    query: keySchema,
    replies: { 200: { description: 'Icon data, pages, form and cookies of the click', schema: foundSessionsSchema } },
    refusals: ['rate-limited'],
    handle: async ({ who: { merchantId }, query, from }) => {
      if (namesAnother(merchantId, query)) {
        const what = `look-up by ${query.by}`;
        backOffice.recordRefusal(merchantId, { why: 'another-merchants-call', what, from });
        return refused('not-found');
      }
      const found = backOffice.lookUp(merchantId, query);
      if (found.outcome === 'none') return refused('not-found');
      const { verdict, sessions, lease } = found;
      return reply(200, { verdict, sessions, ...(lease && { lease: leaseSchema.parse(lease) }) });
    },
  }),
];
