import { z } from 'zod';
import type { AccessEvent, AccessRefusal } from '#domain/access/access.events.js';
import { schemaFor } from '../../wire/schema-for.js';
import { textual } from './parts.js';
import type { DataOf, VersionsOf } from './versions.js';

const refusals = schemaFor<AccessRefusal>()(
  z.enum([
    'forged-token',
    'expired-token',
    'foreign-origin',
    'unknown-link',
    'unknown-merchant',
    'another-merchants-call',
    'wrong-credentials',
    'no-token',
    'stale-token',
    'not-allowed',
  ]),
);
const signIn = z.strictObject({ who: textual, sessionId: textual });

export const accessSchemas = {
  AccessRefused: [
    schemaFor<DataOf<'AccessRefused'>>()(z.strictObject({ why: refusals, what: textual, from: textual })),
  ],
  RateLimited: [schemaFor<DataOf<'RateLimited'>>()(z.strictObject({ what: textual, from: textual }))],
  SignedIn: [schemaFor<DataOf<'SignedIn'>>()(signIn)],
  SignedOut: [schemaFor<DataOf<'SignedOut'>>()(signIn)],
} satisfies VersionsOf<AccessEvent['type']>;
