import { z } from 'zod';
import { merchantIdSchema } from './basic.schemas.js';

const rfc3339 = z.string().meta({ format: 'date-time' });

/** The envelope in which events leave the house: CloudEvents 1.0, structured mode. */
export const cloudEventSchema = z
  .strictObject({
    specversion: z.literal('1.0'),
    id: z.string().meta({ description: 'The same however often it is told' }),
    source: z.string().meta({ description: 'Installation and merchant, a URI reference' }),
    type: z.string().meta({ example: 'trunkline.CallDelivered.v1' }),
    subject: z.string().meta({ description: 'The contact; where there is none, the stream' }),
    time: rfc3339.meta({ description: "When it happened, by the source's clock" }),
    datacontenttype: z.literal('application/json'),
    data: z.record(z.string(), z.unknown()),
    merchantid: merchantIdSchema,
    stream: z.string(),
    revision: z.int().min(0).meta({ description: 'Place in the stream, from 0 on' }),
    sequence: z
      .string()
      .regex(/^\d{16}$/)
      .meta({ description: 'Place in the log: sorts as the log does' }),
    correlationid: z.string(),
    causationid: z.string(),
    recordedtime: rfc3339.meta({ description: 'When the log took it' }),
    actor: z.string(),
    omittedfields: z
      .string()
      .exactOptional()
      .meta({ description: 'Fields of `data` that were left out because they say something about a person' }),
  })
  .meta({ id: 'CloudEvent' });
