import { z } from 'zod';
import type { ClickRequest, CustomerRequest } from '#domain/contracts/customer-desk.js';
import type { CallWindow } from '#domain/views/call-window.js';
import { callCauses, capturePolicySchema, channelMessageSchema } from './shared-view.schemas.js';
import {
  contactIdSchema,
  digitsSchema,
  iconSessionIdSchema,
  instantSchema,
  originSchema,
  textSchema,
  urlSchema,
} from './basic.schemas.js';
import { pageContextSchema } from './page-context.schema.js';
import { schemaFor } from './schema-for.js';

const iconReference = z
  .strictObject({
    token: z.string().max(4096).exactOptional(),
    merchant: z.string().max(64).exactOptional(),
    link: z.string().max(256).exactOptional(),
    session: z.string().max(256).exactOptional(),
    customer: z.string().max(256).exactOptional(),
  })
  .meta({ id: 'IconReference' });

/** One click on an icon, as the call window reports it. */
export const clickRequestSchema = schemaFor<ClickRequest>()(
  z
    .strictObject({
      clickKey: z.string().regex(/^[A-Za-z0-9_-]{8,128}$/),
      icon: iconReference,
      origin: originSchema,
      context: pageContextSchema,
    })
    .meta({ id: 'ClickRequest' }),
);

const pushId = textSchema(200);

/** What a customer's call window may ask or tell. */
export const customerRequestSchema = schemaFor<CustomerRequest>()(
  z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('context'), context: pageContextSchema }),
      z.strictObject({ type: z.literal('hang-up') }),
      z.strictObject({ type: z.literal('key-digits'), digits: digitsSchema }),
      z.strictObject({ type: z.literal('page-shown'), pushId, url: urlSchema }),
      z.strictObject({
        type: z.literal('page-blocked'),
        pushId,
        why: z.enum(['page-gone', 'refused-by-customer', 'foreign-address', 'no-answer']),
      }),
      z.strictObject({ type: z.literal('send-message'), messageId: textSchema(128), text: textSchema(4000) }),
    ])
    .meta({ id: 'CustomerRequest' }),
);

export const callWindowSchema = schemaFor<CallWindow>()(
  z
    .strictObject({
      sessionId: iconSessionIdSchema,
      contactId: contactIdSchema,
      merchantName: z.string(),
      iconLabel: z.string(),
      state: z.enum(['requested', 'dialling', 'ringing', 'queued', 'talking', 'held', 'ended', 'failed']),
      since: instantSchema,
      cause: callCauses.exactOptional(),
      agentName: z.string().exactOptional(),
      capture: capturePolicySchema,
      origins: z.array(z.string()).exactOptional(),
      line: z.literal('simulated').exactOptional(),
      push: z.strictObject({ pushId: z.string(), url: z.string(), label: z.string(), by: z.string() }).exactOptional(),
      volumePercent: z.number(),
      echoCancellation: z.boolean(),
      channel: z.strictObject({ agentName: z.string() }).exactOptional(),
      messages: z.array(channelMessageSchema),
    })
    .meta({ id: 'CallWindow' }),
);
