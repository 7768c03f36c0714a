import { z } from 'zod';
import type { Candidate, CorrelationEvent, Evidence } from '#domain/correlation/correlation.events.js';
import {
  callIdSchema,
  contactIdSchema,
  gatewayIdSchema,
  iconSessionIdSchema,
  instantSchema,
  leaseIdSchema,
} from '../../wire/basic.schemas.js';
import { schemaFor } from '../../wire/schema-for.js';
import { correlationRules, verdicts } from '../../wire/shared-view.schemas.js';
import { count, textual } from './parts.js';
import type { DataOf, VersionsOf } from './versions.js';

const evidence = schemaFor<Evidence>()(
  z.strictObject({
    kind: z.enum(['ani', 'pilot-number', 'pseudo-ani', 'trunk', 'dnis', 'session-id', 'channel-digits']),
    value: textual,
    at: instantSchema,
  }),
);

const candidate = schemaFor<Candidate>()(
  z.strictObject({
    callId: callIdSchema,
    contactId: contactIdSchema,
    sessionId: iconSessionIdSchema,
    leaseId: leaseIdSchema.exactOptional(),
    gatewayId: gatewayIdSchema.exactOptional(),
    port: count.exactOptional(),
    why: textual,
  }),
);

export const correlationSchemas = {
  CorrelationDecided: [
    schemaFor<DataOf<'CorrelationDecided'>>()(
      z.strictObject({
        contactId: contactIdSchema,
        verdict: verdicts,
        rule: correlationRules,
        candidates: z.array(candidate),
        evidence: z.array(evidence),
      }),
    ),
  ],
  CorrelationSuperseded: [
    schemaFor<DataOf<'CorrelationSuperseded'>>()(
      z.strictObject({ previous: verdicts, previousContactId: contactIdSchema, by: correlationRules }),
    ),
  ],
} satisfies VersionsOf<CorrelationEvent['type']>;
