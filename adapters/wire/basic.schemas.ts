import { z } from 'zod';
import type {
  AgentId,
  CallCentreId,
  CallId,
  ContactId,
  DeviceId,
  GatewayId,
  IconSessionId,
  LeaseId,
  LinkId,
  MerchantId,
  PopId,
  ScopedId,
} from '#domain/kernel/ids.js';
import type { E164 } from '#domain/kernel/phone-number.js';
import type { Location } from '#domain/kernel/geography.js';
import type { Instant } from '#domain/kernel/time.js';
import { named, schemaFor } from './schema-for.js';

const tenant = '[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?';
const unique = '[A-Za-z0-9](?:[A-Za-z0-9_.:-]{0,126}[A-Za-z0-9])?';

export const merchantIdSchema = named<MerchantId>(
  z
    .string()
    .regex(new RegExp(`^${tenant}$`))
    .meta({ id: 'MerchantId', example: 'acme' }),
);

/** `<category>-<tenant>.<unique>`, as the kernel makes it. */
export const scopedIdSchema = <Category extends string>(category: Category): z.ZodType<ScopedId<Category>> =>
  named<ScopedId<Category>>(z.string().regex(new RegExp(`^${category}-${tenant}\\.${unique}$`)));

/** The part of an id behind its tenant: how a thing is named in a path. */
export const uniquePartSchema = z.string().regex(new RegExp(`^${unique}$`));

const scoped = <Id extends ScopedId<string>>(category: string, id: string): z.ZodType<Id, Id> =>
  named<Id>(
    z
      .string()
      .regex(new RegExp(`^${category}-${tenant}\\.${unique}$`))
      .meta({ id, example: `${category}-acme.1` }),
  );

export const linkIdSchema = scoped<LinkId>('link', 'LinkId');
export const callCentreIdSchema = scoped<CallCentreId>('centre', 'CallCentreId');
export const iconSessionIdSchema = scoped<IconSessionId>('session', 'IconSessionId');
export const contactIdSchema = scoped<ContactId>('contact', 'ContactId');
export const callIdSchema = scoped<CallId>('call', 'CallId');
export const gatewayIdSchema = scoped<GatewayId>('gateway', 'GatewayId');
export const leaseIdSchema = scoped<LeaseId>('lease', 'LeaseId');
export const agentIdSchema = scoped<AgentId>('agent', 'AgentId');
export const deviceIdSchema = scoped<DeviceId>('device', 'DeviceId');
export const popIdSchema = scoped<PopId>('pop', 'PopId');

/** A moment: whole milliseconds since 1970-01-01T00:00Z. */
export const instantSchema = named<Instant>(
  z
    .int()
    .min(0)
    .max(8_640_000_000_000_000)
    .meta({ id: 'Instant', description: 'Milliseconds since 1970-01-01T00:00Z' }),
);
/** Place in the log. */
export const positionSchema = z.int().min(0);

export const e164Schema = named<E164>(
  z
    .string()
    .regex(/^\+[1-9][0-9]{5,14}$/)
    .meta({ id: 'E164', example: '+2975550100' }),
);

export const locationSchema = schemaFor<Location>()(
  z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
);

/** Text that somebody typed: never empty, never endless. */
export const textSchema = (maximum: number): z.ZodString => z.string().min(1).max(maximum);

/** Scheme, host and port of a page, as `MessageEvent.origin` spells it. */
export const originSchema = z
  .string()
  .max(300)
  .regex(/^https?:\/\/[^/?#@\s]+$/)
  .meta({ id: 'Origin', example: 'https://shop.example' });

/** A page on the web: nothing that a browser would run. */
export const urlSchema = z
  .string()
  .max(4096)
  .regex(/^https?:\/\/[^\s]+$/i);

/** Keys as a telephone has them. */
export const digitsSchema = z
  .string()
  .regex(/^[0-9*#]{1,32}$/)
  .meta({ id: 'Digits', example: '*76' });
