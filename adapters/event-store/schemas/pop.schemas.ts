import { z } from 'zod';
import type { Belief, PopEvent } from '#domain/pop/pop.events.js';
import { agentIdSchema, callIdSchema, contactIdSchema } from '../../wire/basic.schemas.js';
import { schemaFor } from '../../wire/schema-for.js';
import { correlationRules, verdicts } from '../../wire/shared-view.schemas.js';
import { count, textual } from './parts.js';
import type { DataOf, VersionsOf } from './versions.js';

const belief = schemaFor<Belief>()(z.strictObject({ verdict: verdicts, rule: correlationRules, sentence: textual }));
const retractions = z.enum([
  'answered-elsewhere',
  'not-answered',
  'caller-gone',
  'transferred',
  'conference-left',
  'call-over',
  'corrected',
]);
const whose = { agentId: agentIdSchema, contactId: contactIdSchema };

export const popSchemas = {
  ScreenPopOffered: [
    schemaFor<DataOf<'ScreenPopOffered'>>()(
      z.strictObject({ ...whose, callId: callIdSchema, hop: count, why: belief }),
    ),
  ],
  ScreenPopOpened: [schemaFor<DataOf<'ScreenPopOpened'>>()(z.strictObject(whose))],
  ScreenPopRetracted: [schemaFor<DataOf<'ScreenPopRetracted'>>()(z.strictObject({ ...whose, why: retractions }))],
} satisfies VersionsOf<PopEvent['type']>;
