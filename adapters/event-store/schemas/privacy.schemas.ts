import { z } from 'zod';
import type { ErasureEvent } from '#domain/privacy/erasure.events.js';
import { isSubject, type Subject } from '#domain/privacy/subject.js';
import { named, schemaFor } from '../../wire/schema-for.js';
import { count } from './parts.js';
import type { DataOf, VersionsOf } from './versions.js';

const subject = named<Subject>(z.string().refine(isSubject, 'Not the name of a subject'));

export const erasureSchemas = {
  ErasureRequested: [schemaFor<DataOf<'ErasureRequested'>>()(z.strictObject({ subjects: z.array(subject) }))],
  SubjectKeyDestroyed: [schemaFor<DataOf<'SubjectKeyDestroyed'>>()(z.strictObject({ subject }))],
  ErasureCompleted: [schemaFor<DataOf<'ErasureCompleted'>>()(z.strictObject({ subjects: count }))],
} satisfies VersionsOf<ErasureEvent['type']>;
