import { z } from 'zod';
import type { Belief, PopRetraction } from '#domain/pop/pop.events.js';
import type { Acknowledgement, PopMessage, Problem } from '#domain/views/live-messages.js';
import { desktopContactSchema } from './agent-view.schemas.js';
import { callIdSchema, contactIdSchema, instantSchema, popIdSchema, positionSchema } from './basic.schemas.js';
import { schemaFor } from './schema-for.js';
import { correlationRules, verdicts } from './shared-view.schemas.js';

/** RFC 9457. */
export const problemSchema = schemaFor<Problem>()(
  z
    .strictObject({
      type: z.string().meta({ format: 'uri-reference' }),
      title: z.string(),
      status: z.number(),
      detail: z.string().exactOptional(),
      code: z.string().meta({ description: "The machine's word for the title" }),
    })
    .meta({ id: 'Problem', description: 'What went wrong (RFC 9457)' }),
);

export const acknowledgementSchema = schemaFor<Acknowledgement>()(
  z
    .discriminatedUnion('ok', [
      z.strictObject({ ok: z.literal(true), position: positionSchema }),
      z.strictObject({ ok: z.literal(false), problem: problemSchema }),
    ])
    .meta({ id: 'Acknowledgement' }),
);

const belief = schemaFor<Belief>()(
  z.strictObject({ verdict: verdicts, rule: correlationRules, sentence: z.string() }).meta({ id: 'Belief' }),
);

const retractions = schemaFor<PopRetraction>()(
  z.enum([
    'answered-elsewhere',
    'not-answered',
    'caller-gone',
    'transferred',
    'conference-left',
    'call-over',
    'corrected',
  ]),
);

const pop = {
  position: positionSchema,
  popId: popIdSchema,
  contactId: contactIdSchema,
  callId: callIdSchema.exactOptional(),
  at: instantSchema,
};

export const popMessageSchema = schemaFor<PopMessage>()(
  z
    .discriminatedUnion('what', [
      z.strictObject({
        ...pop,
        what: z.literal('offered'),
        why: belief,
        contact: desktopContactSchema.exactOptional(),
      }),
      z.strictObject({ ...pop, what: z.literal('opened') }),
      z.strictObject({ ...pop, what: z.literal('retracted'), why: retractions }),
    ])
    .meta({ id: 'PopMessage' }),
);
