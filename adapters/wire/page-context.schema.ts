import { z } from 'zod';
import type { PageContext } from '#domain/icon-session/icon-session.commands.js';
import type { NamedValues, Page } from '#domain/icon-session/icon-session.events.js';
import { instantSchema, urlSchema } from './basic.schemas.js';
import { schemaFor } from './schema-for.js';

const name = z.string().min(1).max(200);
const atMost = (count: number) => (values: Readonly<Record<string, unknown>>) => Object.keys(values).length <= count;

export const pageSchema = schemaFor<Page>()(
  z.strictObject({ url: urlSchema, title: z.string().max(500), at: instantSchema }).meta({ id: 'Page' }),
);

/** Fields of a form or cookies: at most 100, of 4096 characters each. */
export const namedValuesSchema = schemaFor<NamedValues>()(
  z.record(name, z.string().max(4096)).refine(atMost(100), 'At most 100 values').meta({ id: 'NamedValues' }),
);

export const formsSchema = z.record(name, namedValuesSchema).refine(atMost(20), 'At most 20 forms');

/** What an icon's page tells about itself. Everything has a limit: it comes from a page that is not ours. */
export const pageContextSchema = schemaFor<PageContext>()(
  z
    .strictObject({
      page: pageSchema.exactOptional(),
      pagesBefore: z.array(pageSchema).max(50).exactOptional(),
      forms: formsSchema.exactOptional(),
      cookies: namedValuesSchema.exactOptional(),
    })
    .meta({ id: 'PageContext' }),
);
