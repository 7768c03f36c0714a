import { z } from 'zod';
import type { CallRecordEvent } from '#domain/billing/call-record.events.js';
import {
  callCentreIdSchema,
  callIdSchema,
  contactIdSchema,
  e164Schema,
  gatewayIdSchema,
  instantSchema,
  linkIdSchema,
} from '../../wire/basic.schemas.js';
import { schemaFor } from '../../wire/schema-for.js';
import { callCauses } from '../../wire/shared-view.schemas.js';
import { count, textual } from './parts.js';
import type { DataOf, VersionsOf } from './versions.js';

export const billingSchemas = {
  CallRecordIssued: [
    schemaFor<DataOf<'CallRecordIssued'>>()(
      z.strictObject({
        callId: callIdSchema,
        contactId: contactIdSchema,
        linkId: linkIdSchema.exactOptional(),
        referrer: z.strictObject({ origin: textual, page: textual }),
        destination: z
          .strictObject({ number: e164Schema, centreId: callCentreIdSchema.exactOptional() })
          .exactOptional(),
        gatewayId: gatewayIdSchema.exactOptional(),
        port: count.exactOptional(),
        requestedAt: instantSchema,
        answeredAt: instantSchema.exactOptional(),
        endedAt: instantSchema,
        talk: count,
        cause: callCauses,
      }),
    ),
  ],
} satisfies VersionsOf<CallRecordEvent['type']>;
