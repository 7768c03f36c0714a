import { z } from 'zod';
import { ReadModelFailure } from '#domain/contracts/read-models.js';
import { defined } from '#domain/kernel/defined.js';
import { tenantOf } from '#domain/kernel/ids.js';
import { instant, type Instant } from '#domain/kernel/time.js';
import { agentIdSchema, contactIdSchema, merchantIdSchema } from '../../wire/basic.schemas.js';
import { callRecordsAsCsv } from '../call-records-csv.js';
import type { HttpDependencies } from '../dependencies.js';
import { callRecordSchema, journeySchema, journeySummarySchema } from '../record.schemas.js';
import { refused, reply, type Refused, type Reply } from '../reply.js';
import { route, type Route } from '../route.js';
import { callCauses } from '../../wire/shared-view.schemas.js';
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

/** A moment in a query, too, is text. */
const moment = (description: string) =>
  z
    .string()
    .regex(/^[0-9]{1,15}$/)
    .exactOptional()
    .meta({ description: `${description}; milliseconds since 1970` });
const momentOf = (text: string | undefined): Instant | undefined => (text === undefined ? text : instant(Number(text)));

const recordsQuery = z.strictObject({
  limit,
  after: z.string().max(256).exactOptional().meta({ description: 'Id of the last record of the page before' }),
  from: moment('Ended then or later'),
  to: moment('Ended before'),
  agent: agentIdSchema.exactOptional().meta({ description: 'Answered by this agent' }),
  cause: callCauses.exactOptional(),
});

const refusals = ['history-unavailable'] as const;

/** The database of the past may be away while calls go on. */
const ifAvailable = async (answer: () => Promise<Reply | Refused>): Promise<Reply | Refused> => {
  try {
    return await answer();
  } catch (thrown) {
    if (!(thrown instanceof ReadModelFailure)) throw thrown;
    return { ...refused('history-unavailable'), headers: { 'retry-after': '2' } };
  }
};

export const journeyRoutes = ({ backOffice }: HttpDependencies): readonly Route[] => [
  route({
    method: 'GET',
    path: `${base}/journeys`,
    summary: "Customers' journeys, newest first",
    access,
    params: merchantPath,
    query: z.strictObject({ limit, before: contactIdSchema.exactOptional() }),
    refusals,
    replies: {
      200: { description: 'One page of them', schema: z.strictObject({ journeys: z.array(journeySummarySchema) }) },
    },
    handle: async ({ who: { merchantId }, query }) => {
      if (query.before !== undefined && tenantOf(query.before) !== merchantId) return refused('not-found');
      const page = { limit: limitOf(query.limit), ...(query.before !== undefined && { before: query.before }) };
      return ifAvailable(async () => reply(200, { journeys: await backOffice.journeys(merchantId, page) }));
    },
  }),
  route({
    method: 'GET',
    path: `${base}/journeys/{contact}`,
    summary: 'Every event of one journey, in the order of the log',
    access,
    params: z.strictObject({ merchant: merchantIdSchema, contact: contactIdSchema }),
    refusals,
    replies: { 200: { description: 'The journey', schema: journeySchema } },
    handle: async ({ who: { merchantId }, params: { contact } }) => {
      if (tenantOf(contact) !== merchantId) return refused('not-found');
      return ifAvailable(async () => {
        const journey = await backOffice.journey(contact);
        return journey ? reply(200, journey) : refused('not-found');
      });
    },
  }),
  route({
    method: 'GET',
    path: `${base}/call-records`,
    summary: 'Call detail records, as JSON or CSV',
    access,
    params: merchantPath,
    query: recordsQuery,
    refusals,
    replies: {
      200: {
        description: 'One page of them',
        schema: z.strictObject({ callRecords: z.array(callRecordSchema) }),
        csv: true,
      },
    },
    handle: async ({ who: { merchantId }, query, wantsCsv }) => {
      const { agent: agentId, from, to, after, cause } = query;
      if (agentId !== undefined && tenantOf(agentId) !== merchantId) return refused('not-found');
      const page = {
        limit: limitOf(query.limit),
        ...defined({ after, agentId, cause, from: momentOf(from), to: momentOf(to) }),
      };
      return ifAvailable(async () => {
        const callRecords = await backOffice.callRecords(merchantId, page);
        return wantsCsv
          ? { status: 200, text: { type: 'text/csv', content: callRecordsAsCsv(callRecords) } }
          : reply(200, { callRecords });
      });
    },
  }),
];
