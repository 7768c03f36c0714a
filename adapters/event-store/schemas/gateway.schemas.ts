import { z } from 'zod';
import type { GatewayEvent } from '#domain/gateway/gateway.events.js';
import {
  callIdSchema,
  contactIdSchema,
  e164Schema,
  iconSessionIdSchema,
  instantSchema,
  leaseIdSchema,
  locationSchema,
  merchantIdSchema,
} from '../../wire/basic.schemas.js';
import { schemaFor } from '../../wire/schema-for.js';
import { count, textual } from './parts.js';
import type { DataOf, VersionsOf } from './versions.js';

const lease = {
  leaseId: leaseIdSchema,
  port: count,
  ani: e164Schema,
  callId: callIdSchema,
  contactId: contactIdSchema,
  sessionId: iconSessionIdSchema,
  merchantId: merchantIdSchema,
};

export const gatewaySchemas = {
  GatewayDefined: [
    schemaFor<DataOf<'GatewayDefined'>>()(
      z.strictObject({
        name: textual,
        location: locationSchema,
        pilotNumber: e164Schema,
        trunkGroup: textual,
        ports: z.array(z.strictObject({ port: count, ani: e164Schema })),
        quarantine: count,
      }),
    ),
  ],
  PortLeased: [schemaFor<DataOf<'PortLeased'>>()(z.strictObject({ ...lease, sequence: count, at: instantSchema }))],
  PortReleased: [schemaFor<DataOf<'PortReleased'>>()(z.strictObject({ ...lease, cause: textual }))],
  PortQuarantined: [
    schemaFor<DataOf<'PortQuarantined'>>()(
      z.strictObject({
        port: count,
        until: instantSchema,
        leaseId: leaseIdSchema,
        merchantId: merchantIdSchema,
        contactId: contactIdSchema,
      }),
    ),
  ],
  PoolExhausted: [
    schemaFor<DataOf<'PoolExhausted'>>()(
      z.strictObject({ callId: callIdSchema, contactId: contactIdSchema, merchantId: merchantIdSchema }),
    ),
  ],
  PortBlocked: [schemaFor<DataOf<'PortBlocked'>>()(z.strictObject({ port: count, reason: textual }))],
  PortUnblocked: [schemaFor<DataOf<'PortUnblocked'>>()(z.strictObject({ port: count }))],
} satisfies VersionsOf<GatewayEvent['type']>;
