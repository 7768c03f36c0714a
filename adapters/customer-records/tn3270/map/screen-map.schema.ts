import { z } from 'zod';

const row = z.int().min(1).max(62).describe('Row, from 1');
const column = z.int().min(1).max(160).describe('Column, from 1');
const at = z.tuple([row, column]).describe('Row and column, from 1');
const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,40}$/)
  .describe('Small letters, digits and hyphens');
const milliseconds = z.int().min(100).max(120_000);
const regex = z
  .string()
  .max(200)
  .refine((text) => {
    try {
      return new RegExp(text, 'u') instanceof RegExp;
    } catch {
      return false;
    }
  }, 'is no regular expression');
const key = z
  .string()
  .regex(/^(?:Enter|Clear|PF(?:[1-9]|1\d|2[0-4])|PA[1-3])$/, 'a key: Enter, Clear, PF1 to PF24, PA1 to PA3');

/** Where a text is looked for: from a place on, anywhere in a row, or with neither, anywhere on the screen. */
const where = { at: at.optional(), row: row.optional() };

export const conditionSchema = z
  .strictObject({
    ...where,
    text: z.string().min(1).max(160).optional().describe('These letters'),
    regex: regex.optional().describe('Something like this'),
    not: z.boolean().optional().describe('It must not be there'),
    inputFields: z.int().min(0).optional().describe('So many fields can be typed into'),
    formatted: z.boolean().optional().describe('Whether the host has laid out fields at all'),
  })
  .refine(
    ({ text, regex: pattern, inputFields, formatted }) =>
      [text, pattern, inputFields, formatted].filter((each) => each !== undefined).length === 1,
    'says one thing: text, regex, inputFields or formatted',
  );

export const fieldSchema = z.strictObject({
  at,
  length: z.int().min(1).max(4_000),
  type: z.enum(['text', 'digits']).default('text'),
  pattern: regex.optional().describe('What may be typed, and what must be read'),
  secret: z.boolean().default(false).describe('Never read, never told'),
  pad: z.string().length(1).optional().describe('What fills up the field, for example an underscore'),
});

const errorSchema = z.strictObject({
  ...where,
  regex,
  code: name.describe('What it is told as, for example not-found'),
  retry: z.boolean().default(false).describe('Whether the same may work a little later'),
});

const listSchema = z.strictObject({
  rows: z.tuple([row, row]).describe('First and last row of the list'),
  columns: z.record(name, z.tuple([column, z.int().min(1).max(160)])).describe('Column and length of each value'),
  next: key.describe('Shows the next page'),
  end: conditionSchema.describe('There is no next page'),
});

export const screenSchema = z.strictObject({
  when: z.array(conditionSchema).min(1).describe('How the screen is recognised: all of it must hold'),
  fields: z.record(name, fieldSchema).default({}),
  errors: z.array(errorSchema).default([]).describe('Looked for before anything that is expected'),
  error: name.optional().describe('The whole screen is an error, told as this'),
  transient: key.optional().describe('Comes up by the way, and is left with this key'),
  list: listSchema.optional(),
});

const filling = z
  .record(name, z.string().max(4_000))
  .default({})
  .describe('What goes into which field; $name is an input, $user and $password those of the log-on');

const linkSchema = z.strictObject({
  from: name,
  to: z.array(name).min(1),
  fill: filling,
  key,
  within: milliseconds.optional(),
});

const stepSchema = z.strictObject({
  fill: filling,
  key,
  expect: z.array(name).min(1),
  within: milliseconds.optional(),
});

const operationSchema = z.strictObject({
  effect: z.enum(['read', 'write']),
  input: z.array(name).default([]),
  start: name.describe('The screen that it begins on; the way there is found'),
  steps: z.array(stepSchema).min(1).max(50),
  returns: z.record(name, z.string()).default({}).describe('Values of the result: screen.field'),
  list: name.optional().describe('The screen whose list is the result, when it comes'),
  confirm: z
    .strictObject({ screen: name, ...where, regex })
    .optional()
    .describe('What shows that a write was done; a write needs one'),
});

/** A mainframe application, as an integrator describes it. */
export const screenMapSchema = z.strictObject({
  host: z.strictObject({
    address: z.string().min(1),
    port: z.int().min(1).max(65_535).default(23),
    tls: z.enum(['off', 'verified', 'unverified']).default('verified'),
    caFile: z.string().optional(),
    lu: z.string().optional(),
    model: z.enum(['2', '3', '4', '5']).default('2'),
    codePage: z.string().default('cp037'),
    lus: z.array(z.string()).default([]).describe('Logical units, one for each session at the same time'),
    keepAlive: key
      .optional()
      .describe('Pressed on the parking screen now and then, so that the host does not end idle sessions'),
    within: milliseconds.default(5_000).describe('How long the host may take for a screen (ms)'),
  }),
  parking: name.optional().describe('The screen that sessions wait on between operations'),
  screens: z.record(name, screenSchema),
  links: z.array(linkSchema).default([]),
  operations: z.record(name, operationSchema),
});

export type ScreenMap = z.output<typeof screenMapSchema>;
export type MappedScreen = ScreenMap['screens'][string];
export type Condition = z.output<typeof conditionSchema>;
export type MappedField = z.output<typeof fieldSchema>;
export type Link = ScreenMap['links'][number];
export type Operation = ScreenMap['operations'][string];
export type Filling = Readonly<Record<string, string>>;
