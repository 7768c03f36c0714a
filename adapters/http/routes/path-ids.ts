import { z } from 'zod';
import { merchantIdSchema, uniquePartSchema } from '../../wire/basic.schemas.js';

const merchant = { merchant: merchantIdSchema };

/** Under `/v1/merchants/{merchant}`. */
export const merchantPath = z.strictObject(merchant);

/** Under `/v1/merchants/{merchant}/…/{name}`: what stands behind the tenant in an id. */
export const namedPath = <Name extends string>(name: Name): z.ZodType<Record<Name, string>> =>
  z.strictObject({ ...merchant, [name]: uniquePartSchema }) as unknown as z.ZodType<Record<Name, string>>;

/** What a change is answered with: its place in the log, from which on every reader knows of it. */
export const changed = z.strictObject({ position: z.int().min(0) }).meta({ id: 'Changed' });
