import type { z } from 'zod';
import type { AgentRole } from '#domain/agent/agent.events.js';
import type { StaffIdentity } from '#domain/contracts/access-control.js';
import type { MerchantId } from '#domain/kernel/ids.js';
import type { Actor } from '#domain/kernel/message.js';
import type { Problem } from '#domain/views/live-messages.js';
import { parseRequest } from '../wire/parse-request.js';
import type { ProblemCode } from '../wire/problems.js';
import type { Refused, Reply } from './reply.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Somebody who may ask about one merchant: its server with a key, or one of its staff. */
export type MerchantCaller = Readonly<{ merchantId: MerchantId; actor: Actor }>;

/** Who is asked for: nobody in particular, somebody signed in, or somebody of the merchant in the path. */
export type Access =
  | Readonly<{ kind: 'public' }>
  | Readonly<{ kind: 'staff' }>
  | Readonly<{ kind: 'merchant'; roles: readonly AgentRole[] }>;
type CallerOf = { public: undefined; staff: StaffIdentity; merchant: MerchantCaller };

/** A rate limit that a route falls under. */
export type LimitName = 'sign-in' | 'click' | 'look-up';

type Content = Readonly<{ description: string; schema?: z.ZodType; csv?: true }>;

type Description = Readonly<{
  method: Method;
  /** With parameters as OpenAPI has them: `/v1/merchants/{merchant}`. */
  path: string;
  summary: string;
  limits?: readonly LimitName[];
  replies: Readonly<Record<number, Content>>;
  /** What it may answer besides what every route may. */
  refusals?: readonly ProblemCode[];
}>;

type Schemas<Params, Query, Body> = Readonly<{
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
}>;

/** A request, taken apart and found to be in order. */
export type Asked<Params, Query, Body, Who> = Readonly<{
  params: Params;
  query: Query;
  body: Body;
  who: Who;
  /** Address of the client. */
  from: string;
  wantsCsv: boolean;
}>;

type Raw = Asked<unknown, unknown, unknown, CallerOf[keyof CallerOf]>;

/** One line of the route table: from it come validation, types and the OpenAPI document. */
export type Route = Description &
  Schemas<unknown, unknown, unknown> &
  Readonly<{ access: Access; answer: (raw: Raw) => Promise<Reply | Refused> }>;

type Definition<Kind extends keyof CallerOf, Params, Query, Body> = Description &
  Schemas<Params, Query, Body> &
  Readonly<{
    access: Extract<Access, { kind: Kind }>;
    handle: (asked: Asked<Params, Query, Body, CallerOf[Kind]>) => Promise<Reply | Refused>;
  }>;

type Failed = Readonly<{ problem: Problem }>;
const part = <Value>(schema: z.ZodType<Value> | undefined, sent: unknown): Readonly<{ value: Value }> | Failed => {
  // Without a schema the type of the part is unknown, and nobody can read anything from it.
  if (!schema) return { value: undefined as Value };
  const parsed = parseRequest(schema, sent);
  return parsed.ok ? parsed : { problem: parsed.problem };
};

/** Kinds differ only in who asks: whoever calls `answer` has seen to it that the caller is of the route's kind. */
export const route = <Kind extends keyof CallerOf, Params = undefined, Query = undefined, Body = undefined>(
  definition: Definition<Kind, Params, Query, Body>,
): Route => {
  const { handle, ...described } = definition;
  return {
    ...described,
    answer: async (raw) => {
      const params = part(definition.params, raw.params);
      if ('problem' in params) return params;
      const query = part(definition.query, raw.query);
      if ('problem' in query) return query;
      const body = part(definition.body, raw.body);
      if ('problem' in body) return body;
      const asked = { ...raw, params: params.value, query: query.value, body: body.value };
      return handle(asked as Asked<Params, Query, Body, CallerOf[Kind]>);
    },
  };
};
