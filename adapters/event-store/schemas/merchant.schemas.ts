import { z } from 'zod';
import type { Holiday, MerchantEvent, OpeningSpan, WeeklyHours } from '#domain/merchant/merchant.events.js';
import {
  callCentreIdSchema,
  e164Schema,
  instantSchema,
  linkIdSchema,
  locationSchema,
} from '../../wire/basic.schemas.js';
import { schemaFor } from '../../wire/schema-for.js';
import { count, dtmfAction, textual } from './parts.js';
import type { DataOf, VersionsOf } from './versions.js';

const spans = z.array(schemaFor<OpeningSpan>()(z.strictObject({ from: count, to: count })));
const weeklyHours = schemaFor<WeeklyHours>()(z.tuple([spans, spans, spans, spans, spans, spans, spans]));
const holiday = schemaFor<Holiday>()(z.strictObject({ date: textual, label: textual, hours: spans }));

const linkRoute = z.strictObject({
  linkId: linkIdSchema,
  centres: z.array(callCentreIdSchema),
  choose: z.enum(['first-open', 'nearest', 'least-loaded']),
  overflow: e164Schema.exactOptional(),
});

const redirectTarget = z.union([
  z.strictObject({ centreId: callCentreIdSchema }),
  z.strictObject({ number: e164Schema }),
]);

export const merchantSchemas = {
  MerchantRegistered: [schemaFor<DataOf<'MerchantRegistered'>>()(z.strictObject({ name: textual }))],
  OriginVerified: [schemaFor<DataOf<'OriginVerified'>>()(z.strictObject({ origin: textual }))],
  LinkDefined: [schemaFor<DataOf<'LinkDefined'>>()(z.strictObject({ linkId: linkIdSchema, label: textual }))],
  CallCentreDefined: [
    schemaFor<DataOf<'CallCentreDefined'>>()(
      z.strictObject({
        centreId: callCentreIdSchema,
        name: textual,
        number: e164Schema,
        location: locationSchema,
        zone: textual,
        hours: weeklyHours,
        holidays: z.array(holiday),
        capacity: count,
        trunks: z.array(textual),
      }),
    ),
  ],
  RoutingPolicyPublished: [
    schemaFor<DataOf<'RoutingPolicyPublished'>>()(z.strictObject({ version: count, routes: z.array(linkRoute) })),
  ],
  RedirectSet: [
    schemaFor<DataOf<'RedirectSet'>>()(
      z.strictObject({
        redirectId: textual,
        linkId: linkIdSchema.exactOptional(),
        to: redirectTarget,
        from: instantSchema,
        until: instantSchema,
        reason: textual,
      }),
    ),
  ],
  RedirectCleared: [schemaFor<DataOf<'RedirectCleared'>>()(z.strictObject({ redirectId: textual }))],
  DtmfTablePublished: [
    schemaFor<DataOf<'DtmfTablePublished'>>()(
      z.strictObject({
        version: count,
        entries: z.array(z.strictObject({ code: textual, label: textual, action: dtmfAction })),
      }),
    ),
  ],
  CapturePolicySet: [
    schemaFor<DataOf<'CapturePolicySet'>>()(
      z.strictObject({ cookies: z.array(textual), formFields: z.array(textual) }),
    ),
  ],
  ApiKeyIssued: [
    schemaFor<DataOf<'ApiKeyIssued'>>()(z.strictObject({ keyId: textual, label: textual, sha256: textual })),
  ],
  ApiKeyRevoked: [schemaFor<DataOf<'ApiKeyRevoked'>>()(z.strictObject({ keyId: textual }))],
} satisfies VersionsOf<MerchantEvent['type']>;
