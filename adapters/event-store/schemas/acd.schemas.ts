import { z } from 'zod';
import type { QueueEvent } from '#domain/acd/queue.events.js';
import {
  agentIdSchema,
  callIdSchema,
  contactIdSchema,
  deviceIdSchema,
  instantSchema,
} from '../../wire/basic.schemas.js';
import { schemaFor } from '../../wire/schema-for.js';
import { callCauses } from '../../wire/shared-view.schemas.js';
import { textual } from './parts.js';
import type { DataOf, VersionsOf } from './versions.js';

const purposes = z.enum(['next-in-queue', 'transfer', 'conference']);

export const queueSchemas = {
  CallJoinedQueue: [
    schemaFor<DataOf<'CallJoinedQueue'>>()(
      z.strictObject({ callId: callIdSchema, contactId: contactIdSchema, since: instantSchema }),
    ),
  ],
  CallLeftQueue: [schemaFor<DataOf<'CallLeftQueue'>>()(z.strictObject({ callId: callIdSchema, cause: callCauses }))],
  AgentJoinedQueue: [
    schemaFor<DataOf<'AgentJoinedQueue'>>()(
      z.strictObject({ agentId: agentIdSchema, device: deviceIdSchema, since: instantSchema }),
    ),
  ],
  AgentLeftQueue: [schemaFor<DataOf<'AgentLeftQueue'>>()(z.strictObject({ agentId: agentIdSchema }))],
  CallAssigned: [
    schemaFor<DataOf<'CallAssigned'>>()(
      z.strictObject({
        callId: callIdSchema,
        contactId: contactIdSchema,
        agentId: agentIdSchema,
        device: deviceIdSchema,
        purpose: purposes,
        since: instantSchema,
        because: textual,
      }),
    ),
  ],
  AssignmentRefused: [
    schemaFor<DataOf<'AssignmentRefused'>>()(
      z.strictObject({ callId: callIdSchema, agentId: agentIdSchema, purpose: purposes }),
    ),
  ],
} satisfies VersionsOf<QueueEvent['type']>;
