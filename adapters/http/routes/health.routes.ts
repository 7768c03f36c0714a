import { z } from 'zod';
import type { HttpDependencies } from '../dependencies.js';
import { reply } from '../reply.js';
import { route, type Route } from '../route.js';

const healthSchema = z
  .strictObject({
    ready: z.boolean(),
    position: z.int().meta({ description: 'Place in the log that every view has reached' }),
    lag: z.int().meta({ description: 'Events behind the log' }),
  })
  .meta({ id: 'Health' });

export const healthRoutes = ({ backOffice }: HttpDependencies): readonly Route[] => [
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
      return reply(ready ? 200 : 503, { ready, position, lag });
    },
  }),
];
