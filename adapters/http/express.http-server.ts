import { createServer, type Server } from 'node:http';
import express from 'express';
import { asyncApi } from '../wire/asyncapi.js';
import type { HttpDependencies } from './dependencies.js';
import { faults, nothingThere } from './faults.js';
import { closeServer, listenOn } from './listening.js';
import { mountRoutes } from './mount-routes.js';
import { openApiOf } from './openapi.js';
import { pages } from './pages.js';
import { routesOf } from './routes.js';
import { securityHeaders } from './security-headers.js';
import { ordinaryHttpSettings, type HttpSettings } from './settings.js';

export type HttpServer = Readonly<{
  /** Sockets may be attached to it before it listens. */
  server: Server;
  /** Resolves with the address it is reached at, for example `http://127.0.0.1:8080`. */
  listen: () => Promise<string>;
  /** Takes no more, finishes what it has begun, then closes what is left. */
  close: () => Promise<void>;
}>;

export type HttpServerDependencies = Omit<HttpDependencies, 'settings'> &
  Readonly<{ settings: Partial<HttpSettings> & Pick<HttpSettings, 'webDirectory'> }>;

const madeOnce = <Made>(make: () => Made): (() => Made) => {
  let made: Readonly<{ it: Made }> | undefined;
  return () => (made ??= { it: make() }).it;
};

/** API, documents and pages over HTTP. */
export const httpServer = (given: HttpServerDependencies): HttpServer => {
  const dependencies = { ...given, settings: { ...ordinaryHttpSettings, ...given.settings } };
  const { settings, log } = dependencies;
  const routes = routesOf(dependencies);
  // Made when they are first asked for: that takes longer than all the rest of a start.
  const documents = {
    '/openapi.json': madeOnce(() => openApiOf(routes, settings)),
    '/asyncapi.json': madeOnce(asyncApi),
  };

  const app = express();
  app.set('query parser', 'simple');
  app.set('etag', 'strong');
  app.use(pages(settings));
  app.use(...securityHeaders('api', settings));
  for (const [path, document] of Object.entries(documents)) {
    app.get(path, (_request, response) => {
      response.set('cache-control', 'no-cache').json(document());
    });
  }
  app.use(mountRoutes(routes, dependencies));
  app.use(nothingThere);
  app.use(faults(log));

  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, app);
  return {
    server,
    listen: () => listenOn(server, settings),
    close: () => closeServer(server),
  };
};
