import { z } from 'zod';
import { contactIdSchema, merchantIdSchema } from './basic.schemas.js';
import {
  customerRecordChangedSchema,
  dispositionRecordedSchema,
  factKeyHeader,
  factSignatureHeader,
} from './fact.schemas.js';
import type { JsonSchema, SchemaCatalogue } from './json-schema.js';

/** Every event as it is published. */
export const publishedEventSchema = z
  .strictObject({
    specversion: z.literal('1.0'),
    id: z.string().min(1).meta({ description: 'The same however often the event comes' }),
    source: z.string().min(1).meta({ description: 'Installation and merchant', example: 'https://cti.example/acme' }),
    type: z
      .string()
      .regex(/^trunkline\.[A-Za-z]+\.v\d+$/)
      .meta({ example: 'trunkline.CallQueued.v1' }),
    subject: z.string().min(1).meta({ description: 'The contact; where there is none, the stream. The message’s key' }),
    time: z.iso.datetime().meta({ description: 'When it happened, by the source’s clock' }),
    datacontenttype: z.literal('application/json'),
    data: z.record(z.string(), z.unknown()),
    merchantid: merchantIdSchema,
    stream: z.string().min(1),
    revision: z.int().min(0).meta({ description: 'Place in its stream' }),
    sequence: z
      .string()
      .regex(/^\d{16}$/)
      .meta({ description: 'Place in the log; text sorts as the log does' }),
    correlationid: z.string(),
    causationid: z.string(),
    recordedtime: z.iso.datetime().meta({ description: 'When the log took it' }),
    actor: z.string(),
    omittedfields: z
      .string()
      .exactOptional()
      .meta({ description: 'Fields of data that are not told here, separated by commas: ask for the journey by REST' }),
  })
  .meta({ id: 'PublishedEvent' });

const text = z.string();
const signed = z.object({
  [factKeyHeader]: text.meta({ description: 'Id of the API key whose fact secret signed the message' }),
  [factSignatureHeader]: text.meta({ description: '`v1,` and base64 of HMAC-SHA256(secret, value as sent)' }),
});
const buried = z.object({
  'trunkline-reason': text,
  'trunkline-detail': text.optional(),
  'trunkline-topic': text,
  'trunkline-partition': text,
  'trunkline-offset': text,
});
const byContact = contactIdSchema.meta({ description: 'What is to stay in order: here the contact, or the stream' });

type Message = Readonly<{ summary: string; payload: z.ZodType; headers?: z.ZodType; key?: z.ZodType }>;
type Topic = Readonly<{
  suffix: string;
  summary: string;
  action: 'send' | 'receive';
  messages: Readonly<Record<string, Message>>;
}>;

/** The topics of `publishTo`, with the schemas that check what is received. */
export const kafkaTopics: Readonly<Record<string, Topic>> = {
  'published-events': {
    suffix: 'events',
    summary: 'Every event, at least once, each contact’s in order. 12 partitions where it was made here',
    action: 'send',
    messages: {
      'published-event': { summary: 'Something has happened', payload: publishedEventSchema, key: byContact },
    },
  },
  'told-facts': {
    suffix: 'commands',
    summary: 'What a CRM tells of its own accord; signed for a merchant, taken once, refused with a reason',
    action: 'receive',
    messages: {
      'customer-record-changed': {
        summary: 'A customer’s record is different now: whoever talks with that customer sees it',
        payload: customerRecordChangedSchema,
        headers: signed,
      },
      'disposition-recorded': {
        summary: 'The outcome of a contact was chosen over there; it ends the agent’s wrap-up',
        payload: dispositionRecordedSchema,
        headers: signed,
      },
    },
  },
  'dead-letters': {
    suffix: 'dead-letters',
    summary: 'Facts that were refused, as they came, with the reason and where they stood',
    action: 'send',
    messages: { 'dead-letter': { summary: 'A fact that was refused', payload: z.unknown(), headers: buried } },
  },
};

const described = (
  name: string,
  { summary, payload, headers, key }: Message,
  { use }: SchemaCatalogue,
): JsonSchema => ({
  name,
  summary,
  contentType: 'application/json',
  payload: use(payload),
  ...(headers && { headers: use(headers) }),
  ...(key && { bindings: { kafka: { key: use(key) } } }),
});

/** Channels and operations as AsyncAPI 3 has them; actions are the server's. */
export const kafkaChannels = (
  catalogue: SchemaCatalogue,
): Readonly<{ channels: Record<string, JsonSchema>; operations: Record<string, JsonSchema> }> => {
  const topics = Object.entries(kafkaTopics);
  const channels = topics.map(([channel, { suffix, summary, messages }]) => [
    channel,
    {
      address: `{prefix}.${suffix}`,
      summary,
      parameters: { prefix: { description: 'As in the setting publishTo' } },
      messages: Object.fromEntries(
        Object.entries(messages).map(([name, message]) => [name, described(name, message, catalogue)]),
      ),
    },
  ]);
  const operations = topics.map(([channel, { summary, action, messages }]) => [
    `${action}-${channel}`,
    {
      action,
      summary,
      channel: { $ref: `#/channels/${channel}` },
      messages: Object.keys(messages).map((name) => ({ $ref: `#/channels/${channel}/messages/${name}` })),
    },
  ]);
  return {
    channels: Object.fromEntries(channels) as Record<string, JsonSchema>,
    operations: Object.fromEntries(operations) as Record<string, JsonSchema>,
  };
};
