import { z } from 'zod';
import type { DigitsDetector, DigitsSide } from '#domain/call/call.events.js';
import type { Page } from '#domain/icon-session/icon-session.events.js';
import type { PhoneNumber } from '#domain/kernel/phone-number.js';
import type { DtmfAction } from '#domain/merchant/merchant.events.js';
import type { RouteStep, RoutingRule } from '#domain/routing/routing.types.js';
import { callCentreIdSchema, e164Schema, instantSchema } from '../../wire/basic.schemas.js';
import { schemaFor } from '../../wire/schema-for.js';

/** What people say and do is text of any form: what is left of it after an erasure has another. */
export const textual = z.string();
export const namedTexts = z.record(z.string(), z.string());
export const count = z.int().min(0);
export const nothing = schemaFor<Readonly<Record<never, never>>>()(z.strictObject({}));

export const page = schemaFor<Page>()(z.strictObject({ url: textual, title: textual, at: instantSchema }));

export const phoneNumber = schemaFor<PhoneNumber>()(z.strictObject({ raw: textual, e164: e164Schema.exactOptional() }));

export const digitsSides = schemaFor<DigitsSide>()(z.enum(['agent-side', 'caller-side']));
export const digitsDetectors = schemaFor<DigitsDetector>()(
  z.enum(['rfc4733', 'info', 'inband', 'terminal', 'simulated']),
);

export const routingRules = schemaFor<RoutingRule>()(
  z.enum(['icon-number', 'merchant-redirect', 'first-open', 'nearest', 'least-loaded', 'overflow']),
);

export const routeStep = schemaFor<RouteStep>()(
  z.strictObject({
    considered: textual,
    centreId: callCentreIdSchema.exactOptional(),
    outcome: z.enum(['taken', 'passed-over', 'not-applicable']),
    because: textual,
  }),
);

export const dtmfAction = schemaFor<DtmfAction>()(
  z.union([
    z.strictObject({ kind: z.literal('page'), origin: textual, path: textual }),
    z.strictObject({ kind: z.literal('media'), setting: z.literal('volume'), changePercent: z.number() }),
    z.strictObject({ kind: z.literal('media'), setting: z.literal('echo-cancellation'), on: z.boolean() }),
    z.strictObject({ kind: z.literal('hand-to-merchant'), origin: textual, path: textual }),
  ]),
);
