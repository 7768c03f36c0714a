import { z } from 'zod';
import type { DeliveryFailure, WebhookEvent } from '#domain/webhook/webhook.events.js';
import { instantSchema, positionSchema } from '../../wire/basic.schemas.js';
import { schemaFor } from '../../wire/schema-for.js';
import { count, nothing, textual } from './parts.js';
import type { DataOf, VersionsOf } from './versions.js';

const failure = schemaFor<DeliveryFailure>()(
  z.strictObject({
    fault: z.enum([
      'refused',
      'overloaded',
      'broken',
      'redirected',
      'timed-out',
      'unreachable',
      'untrusted',
      'address-not-allowed',
      'not-http',
    ]),
    status: count.exactOptional(),
  }),
);
const delivery = { position: positionSchema, eventId: textual, eventType: textual };

export const webhookSchemas = {
  WebhookDefined: [
    schemaFor<DataOf<'WebhookDefined'>>()(
      z.strictObject({
        url: textual,
        events: z.array(textual),
        description: textual,
        includePersonalData: z.boolean(),
      }),
    ),
  ],
  WebhookEnabled: [nothing],
  WebhookDisabled: [
    schemaFor<DataOf<'WebhookDisabled'>>()(
      z.strictObject({ because: z.enum(['merchant', 'gone', 'failing-for-days']), at: instantSchema }),
    ),
  ],
  WebhookSecretIssued: [
    schemaFor<DataOf<'WebhookSecretIssued'>>()(
      z.strictObject({ secretId: textual, previousUntil: instantSchema.exactOptional() }),
    ),
  ],
  WebhookRemoved: [nothing],
  WebhookDeliveryFailed: [
    schemaFor<DataOf<'WebhookDeliveryFailed'>>()(
      z.strictObject({
        ...delivery,
        attempts: count,
        failure,
        firstFailedAt: instantSchema,
        failedAt: instantSchema,
        retryAt: instantSchema,
        setAside: z.boolean(),
      }),
    ),
  ],
  WebhookDeliveryAbandoned: [
    schemaFor<DataOf<'WebhookDeliveryAbandoned'>>()(
      z.strictObject({
        ...delivery,
        attempts: count,
        failure,
        firstFailedAt: instantSchema,
        abandonedAt: instantSchema,
      }),
    ),
  ],
  WebhookDelivered: [
    schemaFor<DataOf<'WebhookDelivered'>>()(z.strictObject({ position: positionSchema, eventId: textual })),
  ],
  WebhookPaused: [
    schemaFor<DataOf<'WebhookPaused'>>()(z.strictObject({ since: instantSchema, until: instantSchema, failure })),
  ],
  WebhookResumed: [nothing],
  WebhookDeadLettersResent: [
    schemaFor<DataOf<'WebhookDeadLettersResent'>>()(
      z.strictObject({ positions: z.array(positionSchema), at: instantSchema }),
    ),
  ],
} satisfies VersionsOf<WebhookEvent['type']>;
