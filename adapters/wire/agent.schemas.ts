import { z } from 'zod';
import type { NotReadyReason } from '#domain/agent/agent.events.js';
import type { AgentRequest } from '#domain/contracts/agent-desk.js';
import { agentIdSchema, contactIdSchema, digitsSchema, textSchema } from './basic.schemas.js';
import { schemaFor } from './schema-for.js';

export const notReadyReasons = schemaFor<NotReadyReason>()(
  z
    .enum(['logged-on', 'break', 'lunch', 'training', 'other', 'no-answer', 'connection-lost'])
    .meta({ id: 'NotReadyReason' }),
);

const bare = <Type extends string>(type: Type) => z.strictObject({ type: z.literal(type) });

/** An empty value takes the key away. */
const dataChanges = z
  .record(z.string().min(1).max(100), z.string().max(2000))
  .refine((changes) => Object.keys(changes).length <= 50, 'At most 50 changes');

/** What an agent may ask for over the socket. */
export const agentRequestSchema = schemaFor<AgentRequest>()(
  z
    .discriminatedUnion('type', [
      bare('log-on'),
      bare('log-off'),
      bare('ready'),
      z.strictObject({ type: z.literal('not-ready'), reason: notReadyReasons }),
      bare('answer'),
      bare('hold'),
      bare('retrieve'),
      bare('clear'),
      z.strictObject({ type: z.literal('key-digits'), digits: digitsSchema }),
      z.strictObject({ type: z.literal('transfer'), to: agentIdSchema }),
      z.strictObject({ type: z.literal('conference'), to: agentIdSchema }),
      z.strictObject({ type: z.literal('change-data'), changes: dataChanges }),
      z.strictObject({ type: z.literal('take-notes'), contactId: contactIdSchema, text: z.string().max(20_000) }),
      z.strictObject({ type: z.literal('record-disposition'), contactId: contactIdSchema, code: textSchema(64) }),
      z.strictObject({ type: z.literal('send-message'), messageId: textSchema(128), text: textSchema(4000) }),
    ])
    .meta({ id: 'AgentRequest' }),
);
