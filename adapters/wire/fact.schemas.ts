import { z } from 'zod';
import { agentIdSchema, contactIdSchema, merchantIdSchema, textSchema } from './basic.schemas.js';

/** Header with the id of the API key whose secret signed the message. */
export const factKeyHeader = 'trunkline-key';
/** Header with `v1,` and the base64 of HMAC-SHA256 over the message's value, byte for byte. */
export const factSignatureHeader = 'trunkline-signature';
/** The longest value that is looked at. */
export const longestFact = 100_000;

const changes = z
  .record(z.string().min(1).max(100), z.string().max(2000))
  .refine((all) => Object.keys(all).length <= 50, 'At most 50 changes')
  .meta({ description: 'Name → new value; an empty one takes the name away' });

const envelope = {
  specversion: z.literal('1.0'),
  id: textSchema(128).meta({ description: 'Unique for the merchant: what comes again is known by it' }),
  source: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/)
    .meta({
      description: 'The system that tells it: its facts are recorded as of `crm:<source>`',
      example: 'salesforce',
    }),
  time: z.iso.datetime({ offset: true }).meta({ description: 'When it happened, by that system’s clock (RFC 3339)' }),
  merchantid: merchantIdSchema,
};

export const customerRecordChangedSchema = z
  .object({
    ...envelope,
    type: z.literal('crm.CustomerRecordChanged.v1'),
    data: z.strictObject({
      customerRef: textSchema(200).meta({ description: 'The customer, as icons name it' }),
      changes,
    }),
  })
  .meta({ id: 'CustomerRecordChanged' });

export const dispositionRecordedSchema = z
  .object({
    ...envelope,
    type: z.literal('crm.DispositionRecorded.v1'),
    data: z.strictObject({ contactId: contactIdSchema, agentId: agentIdSchema, code: textSchema(64) }),
  })
  .meta({ id: 'DispositionRecorded' });

/** A fact that another system tells, in CloudEvents 1.0; attributes of its own are let through and not looked at. */
export const factSchema = z.discriminatedUnion('type', [customerRecordChangedSchema, dispositionRecordedSchema]);
