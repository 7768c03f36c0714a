import { z } from 'zod';
import { tenantOf } from '#domain/kernel/ids.js';
import { contactIdSchema, merchantIdSchema } from '../../wire/basic.schemas.js';
import { callRecordsAsCsv } from '../call-records-csv.js';
import type { HttpDependencies } from '../dependencies.js';
import { callRecordSchema, journeySchema, journeySummarySchema } from '../record.schemas.js';
import { refused, reply } from '../reply.js';
import { route, type Route } from '../route.js';
import { merchantPath } from './path-ids.js';

const base = '/v1/merchants/{merchant}';
const access = { kind: 'merchant', roles: ['analyst', 'supervisor', 'admin'] } as const;

/** A query is text: so is its limit. */
const limit = z
  .string()
  .regex(/^[1-9][0-9]{0,2}$/)
  .exactOptional()
  .meta({ description: '1 to 999; 50 if left out' });
const limitOf = (text: string | undefined): number => Number(text ?? 50);

export const journeyRoutes = ({ backOffice }: HttpDependencies): readonly Route[] => [
  route({
    method: 'GET',
    path: `${base}/journeys`,
    summary: "Customers' journeys, newest first",
    access,
    params: merchantPath,
    query: z.strictObject({ limit, before: contactIdSchema.exactOptional() }),
    replies: {
      200: { description: 'One page of them', schema: z.strictObject({ journeys: z.array(journeySummarySchema) }) },
    },
    handle: async ({ who: { merchantId }, query }) => {
      if (query.before !== undefined && tenantOf(query.before) !== merchantId) return refused('not-found');
      const page = { limit: limitOf(query.limit), ...(query.before !== undefined && { before: query.before }) };
      return reply(200, { journeys: backOffice.journeys(merchantId, page) });
    },
  }),
  route({
    method: 'GET',
    path: `${base}/journeys/{contact}`,
    summary: 'Every event of one journey, in the order of the log',
    access,
    params: z.strictObject({ merchant: merchantIdSchema, contact: contactIdSchema }),
    replies: { 200: { description: 'The journey', schema: journeySchema } },
    handle: async ({ who: { merchantId }, params: { contact } }) => {
      const journey = tenantOf(contact) === merchantId ? await backOffice.journey(contact) : undefined;
      return journey ? reply(200, journey) : refused('not-found');
    },
  }),
  route({
    method: 'GET',
    path: `${base}/call-records`,
    summary: 'Call detail records, as JSON or CSV',
    access,
    params: merchantPath,
    query: z.strictObject({ limit, after: z.string().max(256).exactOptional() }),
    replies: {
      200: {
        description: 'One page of them',
        schema: z.strictObject({ callRecords: z.array(callRecordSchema) }),
        csv: true,
      },
    },
    handle: async ({ who: { merchantId }, query, wantsCsv }) => {
      const page = { limit: limitOf(query.limit), ...(query.after !== undefined && { after: query.after }) };
      const callRecords = backOffice.callRecords(merchantId, page);
      return wantsCsv
        ? { status: 200, text: { type: 'text/csv', content: callRecordsAsCsv(callRecords) } }
        : reply(200, { callRecords });
    },
  }),
];
