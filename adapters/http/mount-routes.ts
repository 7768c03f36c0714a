import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { StaffIdentity } from '#domain/contracts/access-control.js';
import { problemOf } from '../wire/problems.js';
import { callers } from './callers.js';
import type { HttpDependencies } from './dependencies.js';
import { jsonBody } from './json-body.js';
import { rateLimits } from './rate-limits.js';
import { clientAddress, sourceOf } from './requests.js';
import type { MerchantCaller, Method, Route } from './route.js';
import { send, sendProblem } from './send.js';

const methodNames = { GET: 'get', POST: 'post', PUT: 'put', DELETE: 'delete' } as const;

/** `/links/{link}` as Express has it: `/links/:link`. */
const expressPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

const allowed = (methods: readonly Method[]): string =>
  [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');

/** A path that is there, asked in a way that is not (RFC 9110 §15.5.6). */
const otherMethods =
  (allow: string): RequestHandler =>
  (request, response) => {
    if (request.method === 'OPTIONS') response.status(204).set({ allow }).end();
    else sendProblem(response, problemOf('method-not-allowed'), { allow });
  };

/** Puts the route table on the wire. */
export const mountRoutes = (routes: readonly Route[], dependencies: HttpDependencies): Router => {
  const { log, settings } = dependencies;
  const router = Router({ caseSensitive: true });
  const { beforeBody, afterBody } = rateLimits(dependencies);
  const { callerOf } = callers(dependencies);

  const enter =
    ({ access, method, path }: Route): RequestHandler =>
    async (request, response, next) => {
      const found = await callerOf(
        access,
        {
          source: sourceOf(request),
          authorization: request.get('authorization'),
          cookie: request.get('cookie'),
          what: `${method} ${path}`,
          from: clientAddress(request, settings),
        },
        request.params['merchant'],
      );
      if ('problem' in found) {
        send(response, found);
        return;
      }
      response.locals['who'] = found.who;
      next();
    };

  const answer =
    ({ answer: answerOf }: Route): RequestHandler =>
    async (request: Request, response: Response) => {
      send(
        response,
        await answerOf({
          params: request.params,
          query: request.query,
          body: request.body as unknown,
          who: response.locals['who'] as StaffIdentity | MerchantCaller | undefined,
          from: clientAddress(request, settings),
          wantsCsv: request.accepts(['application/json', 'text/csv']) === 'text/csv',
        }),
      );
    };

  const report =
    ({ method, path }: Route): RequestHandler =>
    (_request, response, next) => {
      response.set('cache-control', 'no-store');
      response.on('finish', () => {
        log.debug({ method, path, status: response.statusCode }, 'answered');
      });
      next();
    };

  for (const route of routes) {
    const limits = route.limits ?? [];
    router[methodNames[route.method]](
      expressPath(route.path),
      report(route),
      ...limits.map((name) => beforeBody[name]),
      enter(route),
      ...(route.body ? jsonBody : []),
      ...limits.flatMap((name) => afterBody[name] ?? []),
      answer(route),
    );
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map(({ method }) => method);
    router.all(expressPath(path), otherMethods(allowed(methods)));
  }
  return router;
};
