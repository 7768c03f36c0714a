import type { z } from 'zod';
import type { Problem } from '#domain/views/live-messages.js';
import { problemOf } from './problems.js';
import { dangerIn } from './unsafe-json.js';

export type Parsed<Value> = Readonly<{ ok: true; value: Value }> | Readonly<{ ok: false; problem: Problem }>;

const issuesTold = 5;

/** Where it is wrong and how, never with what was sent: that could be a secret or somebody's name. */
const detailOf = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, issuesTold)
    .map(({ path, message }) => `${path.map(String).join('.') || 'request'}: ${message}`)
    .join('; ')
    .slice(0, 500);

/** Takes what came from outside apart, or says what is wrong with it. Never throws. */
export const parseRequest = <Value>(schema: z.ZodType<Value>, sent: unknown): Parsed<Value> => {
  const danger = dangerIn(sent);
  if (danger) return { ok: false, problem: problemOf(danger) };
  const parsed = schema.safeParse(sent);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problem: problemOf('invalid-request', detailOf(parsed.error)) };
};
