import { z } from 'zod';
import type {
  CallCentre,
  DtmfAction,
  DtmfEntry,
  Holiday,
  LinkRoute,
  OpeningSpan,
  Redirect,
  WeeklyHours,
} from '#domain/merchant/merchant.events.js';
import {
  callCentreIdSchema,
  e164Schema,
  instantSchema,
  linkIdSchema,
  locationSchema,
  merchantIdSchema,
  originSchema,
  textSchema,
} from '../wire/basic.schemas.js';
import { schemaFor } from '../wire/schema-for.js';
import { capturePolicySchema } from '../wire/shared-view.schemas.js';

/** Minutes since local midnight. */
const minutes = z.int().min(0).max(1440);
const span = schemaFor<OpeningSpan>()(
  z.strictObject({ from: minutes, to: minutes }).meta({ id: 'OpeningSpan', description: 'Minutes since midnight' }),
);
const spans = z.array(span).max(24);

const weeklyHours = schemaFor<WeeklyHours>()(
  z.tuple([spans, spans, spans, spans, spans, spans, spans]).meta({ id: 'WeeklyHours', description: 'From Monday' }),
);

const holiday = schemaFor<Holiday>()(
  z
    .strictObject({ date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/), label: z.string().max(200), hours: spans })
    .meta({ id: 'Holiday' }),
);

const centre = {
  name: textSchema(200),
  number: e164Schema,
  location: locationSchema,
  zone: textSchema(64),
  hours: weeklyHours,
  holidays: z.array(holiday).max(400),
  capacity: z.number(),
  trunks: z.array(textSchema(128)).max(100),
};
export const callCentreSchema = schemaFor<CallCentre>()(
  z.strictObject({ centreId: callCentreIdSchema, ...centre }).meta({ id: 'CallCentre' }),
);
/** As it is put under its own path: the path says which. */
export const callCentreBodySchema = schemaFor<Omit<CallCentre, 'centreId'>>()(z.strictObject(centre));

export const linkRouteSchema = schemaFor<LinkRoute>()(
  z
    .strictObject({
      linkId: linkIdSchema,
      centres: z.array(callCentreIdSchema).max(100),
      choose: z.enum(['first-open', 'nearest', 'least-loaded']),
      overflow: e164Schema.exactOptional(),
    })
    .meta({ id: 'LinkRoute' }),
);

const redirect = {
  linkId: linkIdSchema.exactOptional(),
  to: z.union([z.strictObject({ centreId: callCentreIdSchema }), z.strictObject({ number: e164Schema })]),
  from: instantSchema,
  until: instantSchema,
  reason: z.string().max(500),
};
export const redirectSchema = schemaFor<Redirect>()(
  z.strictObject({ redirectId: z.string(), ...redirect }).meta({ id: 'Redirect' }),
);
export const redirectBodySchema = schemaFor<Omit<Redirect, 'redirectId'>>()(z.strictObject(redirect));

const path = z.string().max(2048).startsWith('/');
const dtmfAction = schemaFor<DtmfAction>()(
  z
    .union([
      z.strictObject({ kind: z.literal('page'), origin: originSchema, path }),
      z.strictObject({
        kind: z.literal('media'),
        setting: z.literal('volume'),
        changePercent: z.number().min(-300).max(300),
      }),
      z.strictObject({ kind: z.literal('media'), setting: z.literal('echo-cancellation'), on: z.boolean() }),
      z.strictObject({ kind: z.literal('hand-to-merchant'), origin: originSchema, path }),
    ])
    .meta({ id: 'DtmfAction' }),
);
export const dtmfEntrySchema = schemaFor<DtmfEntry>()(
  z
    .strictObject({ code: z.string().max(16), label: z.string().max(200), action: dtmfAction })
    .meta({ id: 'DtmfEntry' }),
);

/** All that a merchant has configured; of API keys, nothing that lets anybody in. */
export const configurationSchema = z
  .strictObject({
    merchantId: merchantIdSchema,
    name: z.string(),
    origins: z.array(z.string()),
    links: z.array(z.strictObject({ linkId: linkIdSchema, label: z.string() })),
    callCentres: z.array(callCentreSchema),
    routingPolicy: z.strictObject({ version: z.int(), routes: z.array(linkRouteSchema) }),
    redirects: z.array(redirectSchema),
    dtmfTable: z.strictObject({ version: z.int(), entries: z.array(dtmfEntrySchema) }),
    capturePolicy: capturePolicySchema,
    apiKeys: z.array(z.strictObject({ keyId: z.string(), label: z.string() })),
  })
  .meta({ id: 'Configuration' });
