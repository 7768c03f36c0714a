import { z } from 'zod';
import { schemaCatalogue, type JsonSchema, type SchemaCatalogue } from '../wire/json-schema.js';
import { problemSchema } from '../wire/live-message.schemas.js';
import { problemTable, type ProblemCode } from '../wire/problems.js';
import { staffCookieName } from '../wire/staff-cookie.js';
import { openApiWebhooks } from './openapi-webhooks.js';
import type { Route } from './route.js';

/** What every route with these parts may answer. */
const always: readonly ProblemCode[] = ['invalid-request', 'internal-error'];
const withBody: readonly ProblemCode[] = [
  'malformed-json',
  'forbidden-key',
  'nested-too-deep',
  'body-too-large',
  'unsupported-media-type',
];
const signedIn: readonly ProblemCode[] = [
  'no-token',
  'forged-token',
  'expired-token',
  'stale-token',
  'cross-site-request',
];
const ofMerchant: readonly ProblemCode[] = [...signedIn, 'not-allowed', 'not-found'];

const refusalsOf = ({ access, body, refusals = [], limits = [] }: Route): readonly ProblemCode[] => [
  ...new Set([
    ...refusals,
    ...always,
    ...(body ? withBody : []),
    ...(access.kind === 'staff' ? signedIn : []),
    ...(access.kind === 'merchant' ? ofMerchant : []),
    ...(limits.length > 0 ? (['rate-limited'] as const) : []),
  ]),
];

const problemResponses = (route: Route, problem: JsonSchema): Record<string, unknown> => {
  const codes = refusalsOf(route);
  const statuses = [...new Set(codes.map((code) => problemTable[code][0]))].sort((one, other) => one - other);
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: codes.filter((code) => problemTable[code][0] === status).join(', '),
        content: { 'application/problem+json': { schema: problem } },
      },
    ]),
  );
};

const replyResponses = ({ replies }: Route, { use }: SchemaCatalogue): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(replies).map(([status, { description, schema, csv }]) => [
      status,
      {
        description,
        ...(schema && {
          content: {
            'application/json': { schema: use(schema) },
            ...(csv && { 'text/csv': { schema: { type: 'string' } } }),
          },
        }),
      },
    ]),
  );

/** Each field of a path or query is a parameter of its own. */
const parametersIn = (
  place: 'path' | 'query',
  schema: z.ZodType | undefined,
  { use }: SchemaCatalogue,
): readonly JsonSchema[] =>
  schema instanceof z.ZodObject
    ? Object.entries(schema.shape as Readonly<Record<string, z.ZodType>>).map(([name, field]) => {
        const optional = field instanceof z.ZodExactOptional;
        return { name, in: place, required: !optional, schema: use(field) };
      })
    : [];

const securityOf = ({ access }: Route): readonly JsonSchema[] => {
  switch (access.kind) {
    case 'public':
      return [];
    case 'staff':
      return [{ staffToken: [] }, { staffCookie: [] }];
    case 'merchant':
      return [{ apiKey: [] }, { staffToken: [] }, { staffCookie: [] }];
  }
};

const operationIdOf = ({ method, path }: Route): string =>
  [method.toLowerCase(), ...path.split('/').map((segment) => segment.replaceAll(/[{}]/g, ''))]
    .filter((word) => word !== '' && word !== 'v1')
    .join('-');

const operation = (route: Route, catalogue: SchemaCatalogue): JsonSchema => ({
  operationId: operationIdOf(route),
  summary: route.summary,
  security: securityOf(route),
  parameters: [...parametersIn('path', route.params, catalogue), ...parametersIn('query', route.query, catalogue)],
  ...(route.body && {
    requestBody: { required: true, content: { 'application/json': { schema: catalogue.use(route.body) } } },
  }),
  responses: { ...replyResponses(route, catalogue), ...problemResponses(route, catalogue.use(problemSchema)) },
});

/** OpenAPI 3.1, made of the route table and so never behind it. */
export const openApiOf = (routes: readonly Route[], { https }: Readonly<{ https: boolean }>): JsonSchema => {
  const catalogue = schemaCatalogue();
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route, catalogue) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Trunkline',
      version: '1',
      description: 'Ties a click on a web page to the telephone call that it caused. Errors are RFC 9457 problems.',
    },
    paths,
    webhooks: openApiWebhooks(catalogue),
    components: {
      schemas: catalogue.named(),
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: "A merchant's server, with a key of its own" },
        staffToken: { type: 'http', scheme: 'bearer', description: 'As answered to a sign-in' },
        staffCookie: { type: 'apiKey', in: 'cookie', name: staffCookieName(https) },
      },
    },
  };
};
