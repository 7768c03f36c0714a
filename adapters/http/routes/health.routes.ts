import { z } from 'zod';
import type { HttpDependencies } from '../dependencies.js';
import { reply } from '../reply.js';
import { route, type Route } from '../route.js';

const publishingSchema = z
  .strictObject({
    name: z.string(),
    position: z.int().meta({ description: 'Place in the log up to which everything is published' }),
    lag: z.int().meta({ description: 'Places in the log behind its end' }),
    state: z
      .enum(['up-to-date', 'behind', 'late'])
      .meta({ description: '`late`: events wait for longer than they should' }),
  })
  .meta({ id: 'Publishing' });

const healthSchema = z
  .strictObject({
    ready: z.boolean(),
    position: z.int().meta({ description: 'Place in the log that every view has reached' }),
    lag: z.int().meta({ description: 'Events behind the log' }),
    publishing: z
      .array(publishingSchema)
      .exactOptional()
      .meta({ description: 'How far other systems have been told; this can do its work without them' }),
  })
  .meta({ id: 'Health' });

export const healthRoutes = ({ backOffice, publishing }: HttpDependencies): readonly Route[] => [
  route({
    method: 'GET',
    path: '/healthz',
    summary: 'Whether this can do its work',
    access: { kind: 'public' },
    replies: {
      200: { description: 'It can', schema: healthSchema },
      503: { description: 'Not yet, or not any more', schema: healthSchema },
    },
    handle: async () => {
      // What failed is for those who run it: it stands in the log.
      const { ready, position, lag } = backOffice.health();
      const published = publishing?.() ?? [];
      return reply(ready ? 200 : 503, {
        ready,
        position,
        lag,
        ...(published.length > 0 && { publishing: published }),
      });
    },
  }),
];
