import { z } from 'zod';
import type { WebhookView } from '#domain/contracts/webhook-desk.js';
import type { DeliveryFailure } from '#domain/webhook/webhook.events.js';
import type { DeadLetter } from '#domain/webhook/webhook.state.js';
import { instantSchema, positionSchema, scopedIdSchema, textSchema } from '../wire/basic.schemas.js';
import { schemaFor } from '../wire/schema-for.js';

const configuration = {
  url: z.string().min(1).max(2_048).meta({ description: 'https; where events are posted to' }),
  events: z
    .array(textSchema(100))
    .min(1)
    .max(200)
    .meta({ description: 'Event types such as `CallDelivered`, kinds of streams such as `call`, or `*`' }),
  description: z.string().max(500),
  includePersonalData: z.boolean().meta({ description: 'Whether bodies hold fields that are about a person' }),
};

/** As it is asked for; what may be left out has the careful value. */
export const webhookBodySchema = z
  .strictObject({
    url: configuration.url,
    events: configuration.events,
    description: configuration.description.exactOptional(),
    includePersonalData: configuration.includePersonalData.exactOptional(),
    enabled: z.boolean().exactOptional(),
  })
  .meta({ id: 'WebhookRequest' });

const failure = schemaFor<DeliveryFailure>()(
  z
    .strictObject({
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
      status: z.int().exactOptional(),
    })
    .meta({ id: 'DeliveryFailure' }),
);

export const webhookSchema = schemaFor<WebhookView>()(
  z
    .strictObject({
      ...configuration,
      webhookId: scopedIdSchema('webhook'),
      enabled: z.boolean(),
      state: z.enum(['working', 'failing', 'paused', 'disabled']),
      failingSince: instantSchema.exactOptional(),
      lastFailure: failure.exactOptional(),
      pausedUntil: instantSchema.exactOptional(),
      disabledBecause: z.enum(['merchant', 'gone', 'failing-for-days']).exactOptional(),
      retrying: z.int(),
      deadLetters: z.int(),
      deliveredUpTo: positionSchema.exactOptional(),
    })
    .meta({ id: 'Webhook' }),
);

export const deadLetterSchema = schemaFor<DeadLetter>()(
  z
    .strictObject({
      position: positionSchema,
      eventId: z.string(),
      eventType: z.string(),
      attempts: z.int(),
      failure,
      firstFailedAt: instantSchema,
      abandonedAt: instantSchema,
    })
    .meta({ id: 'DeadLetter' }),
);

/** Answered once, when the secret is new. */
export const issuedSecretSchema = z
  .strictObject({
    webhookId: scopedIdSchema('webhook'),
    secret: z.string().meta({ description: '`whsec_…`, shown this once: it verifies what is delivered' }),
    position: positionSchema,
  })
  .meta({ id: 'WebhookSecret' });
