import { z } from 'zod';
import type { ErasureTarget, ErasureView } from '#domain/contracts/erasures.js';
import { erasureId } from '#domain/kernel/ids.js';
import { isSubject, type Subject } from '#domain/privacy/subject.js';
import { instantSchema, positionSchema, scopedIdSchema, textSchema } from '../../wire/basic.schemas.js';
import { problemOfOutcome } from '../../wire/problems.js';
import { named, schemaFor } from '../../wire/schema-for.js';
import type { HttpDependencies } from '../dependencies.js';
import { refused, reply } from '../reply.js';
import { route, type Route } from '../route.js';
import { merchantPath, namedPath } from './path-ids.js';

const base = '/v1/merchants/{merchant}/erasures';
const access = { kind: 'merchant', roles: ['admin'] } as const;

const subjectSchema = named<Subject>(
  z.string().max(200).refine(isSubject).meta({
    id: 'Subject',
    description: 'A contact, an agent, or the visitors that the access log turned away in a month',
    example: 'contact-acme.1',
  }),
);

const target = z
  .union([z.strictObject({ subject: subjectSchema }), z.strictObject({ customerRef: textSchema(256) })])
  .meta({ id: 'ErasureTarget', description: 'One subject, or every contact of a customer' });

const erasureSchema = schemaFor<ErasureView>()(
  z
    .strictObject({
      erasureId: scopedIdSchema('erasure'),
      subjects: z.array(subjectSchema),
      receipts: z.array(
        z.strictObject({ subject: subjectSchema, position: positionSchema, destroyedAt: instantSchema }),
      ),
      completed: z.boolean().meta({ description: 'Nothing made of the personal data is kept any more' }),
    })
    .meta({ id: 'Erasure' }),
);

export const erasureRoutes = ({ erasures }: HttpDependencies): readonly Route[] => [
  route({
    method: 'POST',
    path: base,
    summary: 'Erase the personal data of somebody, for good',
    access,
    params: merchantPath,
    body: target,
    replies: {
      200: { description: 'It is done', schema: erasureSchema },
      202: { description: 'It goes on', schema: erasureSchema },
    },
    refusals: ['unknown-subject', 'subject-in-use', 'log-unavailable'],
    handle: async ({ who: { merchantId, actor }, body }) => {
      const outcome = await erasures.request(merchantId, body satisfies ErasureTarget, actor);
      if (outcome.outcome !== 'accepted') return { problem: problemOfOutcome(outcome) };
      return reply(outcome.erasure.completed ? 200 : 202, outcome.erasure);
    },
  }),
  route({
    method: 'GET',
    path: `${base}/{erasure}`,
    summary: 'How far an erasure has come, with its receipts',
    access,
    params: namedPath('erasure'),
    replies: { 200: { description: 'The erasure', schema: erasureSchema } },
    handle: async ({ who: { merchantId }, params }) => {
      const erasure = await erasures.erasure(erasureId(merchantId, params.erasure));
      return erasure ? reply(200, erasure) : refused('not-found');
    },
  }),
];
