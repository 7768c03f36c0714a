import { cloudEventSchema } from '../wire/cloud-event.schema.js';
import type { JsonSchema, SchemaCatalogue } from '../wire/json-schema.js';

const header = (name: string, description: string): JsonSchema => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
});

/** What merchants' endpoints are asked: the `webhooks` of OpenAPI 3.1. */
export const openApiWebhooks = ({ use }: SchemaCatalogue): JsonSchema => ({
  event: {
    post: {
      operationId: 'event',
      summary: 'Something has happened',
      description:
        'Signed as Standard Webhooks 1.0 says. The events of one contact come in the order of `sequence`, each at least ' +
        'once. What is not taken is tried again for a day, less and less often.',
      parameters: [
        header('webhook-id', 'The id of the event: the same in every attempt'),
        header('webhook-timestamp', 'When this attempt was made, in seconds since 1970'),
        header('webhook-signature', '`v1,<base64>` for each secret in force, separated by blanks'),
      ],
      requestBody: {
        required: true,
        content: { 'application/cloudevents+json': { schema: use(cloudEventSchema) } },
      },
      responses: {
        '2XX': { description: 'Taken. Answer within 15 seconds; what the body says is not read' },
        '410': { description: 'Tell nothing more: the webhook is switched off' },
        '429': { description: 'Too much: `Retry-After` is respected, as with 503' },
        default: { description: 'Not taken; redirects are not followed' },
      },
    },
  },
});
