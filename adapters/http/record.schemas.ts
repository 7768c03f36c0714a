import { z } from 'zod';
import type { AniLookUp } from '#domain/contracts/back-office.js';
import type { IndexedLease } from '#domain/policies/views.js';
import type { CallRecord } from '#domain/views/call-record.js';
import type { IconSessionView } from '#domain/views/icon-session.js';
import type { JourneySummary } from '#domain/views/journey.js';
import {
  agentIdSchema,
  callCentreIdSchema,
  callIdSchema,
  contactIdSchema,
  e164Schema,
  gatewayIdSchema,
  iconSessionIdSchema,
  instantSchema,
  leaseIdSchema,
  linkIdSchema,
  merchantIdSchema,
  positionSchema,
} from '../wire/basic.schemas.js';
import { namedValuesSchema, pageSchema } from '../wire/page-context.schema.js';
import { schemaFor } from '../wire/schema-for.js';
import { callCauses, identificationSources } from '../wire/shared-view.schemas.js';

const customer = z.strictObject({ ref: z.string(), by: identificationSources });

export const iconSessionViewSchema = schemaFor<IconSessionView>()(
  z
    .strictObject({
      sessionId: iconSessionIdSchema,
      contactId: contactIdSchema,
      iconLabel: z.string().exactOptional(),
      linkId: z.string().exactOptional(),
      origin: z.string(),
      merchantSessionId: z.string().exactOptional(),
      customer: customer.exactOptional(),
      pageNow: pageSchema,
      pagesBefore: z.array(pageSchema),
      forms: z.record(z.string(), namedValuesSchema),
      cookies: namedValuesSchema,
      clickedAt: instantSchema,
      open: z.boolean(),
    })
    .meta({ id: 'IconSession' }),
);

/** Takes out what is described of a lease, and nothing else that the index may keep with it. */
export const leaseSchema = schemaFor<IndexedLease>()(
  z
    .object({
      leaseId: leaseIdSchema,
      port: z.number(),
      ani: e164Schema,
      callId: callIdSchema,
      contactId: contactIdSchema,
      sessionId: iconSessionIdSchema,
      merchantId: merchantIdSchema,
      gatewayId: gatewayIdSchema,
      trunkGroup: z.string(),
      sequence: z.number(),
      leasedAt: instantSchema,
      dialled: z.string().exactOptional(),
      releasedAt: instantSchema.exactOptional(),
      quarantinedUntil: instantSchema.exactOptional(),
      claimedBy: callIdSchema.exactOptional(),
      timeInDoubt: z.literal(true).exactOptional(),
    })
    .meta({ id: 'Lease' }),
);

/** What a look-up found. */
export const foundSessionsSchema = schemaFor<Omit<Extract<AniLookUp, { outcome: 'found' }>, 'outcome'>>()(
  z
    .strictObject({
      verdict: z.enum(['certain', 'probable', 'ambiguous']),
      sessions: z.array(iconSessionViewSchema),
      lease: leaseSchema.exactOptional(),
    })
    .meta({ id: 'FoundSessions' }),
);

export const journeySummarySchema = schemaFor<JourneySummary>()(
  z
    .strictObject({
      contactId: contactIdSchema,
      merchantId: merchantIdSchema,
      startedAt: instantSchema,
      lastAt: instantSchema,
      state: z.enum(['in-progress', 'over', 'failed']),
      iconLabel: z.string().exactOptional(),
      origin: z.string().exactOptional(),
      customerRef: z.string().exactOptional(),
      agents: z.array(z.string()),
      calls: z.array(callIdSchema),
      events: z.number(),
    })
    .meta({ id: 'JourneySummary' }),
);

/** An event as the log holds it; `data` is described with the event's type in the catalogue. */
const recordedEvent = z
  .strictObject({
    id: z.string(),
    type: z.string(),
    data: z.record(z.string(), z.unknown()),
    stream: z.string(),
    revision: z.int().min(0),
    position: positionSchema,
    schemaVersion: z.int().min(1),
    recordedAt: instantSchema,
    meta: z.strictObject({
      merchantId: merchantIdSchema,
      contactId: contactIdSchema.exactOptional(),
      occurredAt: instantSchema,
      causationId: z.string(),
      correlationId: z.string(),
      actor: z.string(),
    }),
  })
  .meta({ id: 'RecordedEvent' });

export const journeySchema = z
  .strictObject({ contactId: contactIdSchema, merchantId: merchantIdSchema, events: z.array(recordedEvent) })
  .meta({ id: 'Journey' });

export const callRecordSchema = schemaFor<CallRecord>()(
  z
    .strictObject({
      recordId: z.string(),
      merchantId: merchantIdSchema,
      callId: callIdSchema,
      contactId: contactIdSchema,
      linkId: linkIdSchema.exactOptional(),
      referrer: z.strictObject({ origin: z.string(), page: z.string() }),
      destination: z.strictObject({ number: e164Schema, centreId: callCentreIdSchema.exactOptional() }).exactOptional(),
      gatewayId: gatewayIdSchema.exactOptional(),
      port: z.number().exactOptional(),
      requestedAt: instantSchema,
      answeredAt: instantSchema.exactOptional(),
      endedAt: instantSchema,
      talk: z.number().meta({ description: 'Milliseconds from answer to end' }),
      cause: callCauses,
      agents: z.array(agentIdSchema).meta({ description: 'Who answered, in the order in which it rang' }),
      disposition: z.string().exactOptional(),
    })
    .meta({ id: 'CallRecord' }),
);
