import { z } from 'zod';
import type { ClockEvent } from '#domain/clock/clock.events.js';
import { instantSchema } from '../../wire/basic.schemas.js';
import { schemaFor } from '../../wire/schema-for.js';
import type { DataOf, VersionsOf } from './versions.js';

export const clockSchemas = {
  ClockStepped: [
    schemaFor<DataOf<'ClockStepped'>>()(z.strictObject({ by: z.int(), before: instantSchema, after: instantSchema })),
  ],
} satisfies VersionsOf<ClockEvent['type']>;
