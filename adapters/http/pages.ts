import { join } from 'node:path';
import express, { Router, type RequestHandler } from 'express';
import { problemOf } from '../wire/problems.js';
import { securityHeaders, type Audience } from './security-headers.js';
import { sendProblem } from './send.js';
import type { HttpSettings } from './settings.js';

/** Addresses of the application that people work in; it finds out itself which of them was asked for. */
const workPages = ['/agent', '/journeys', '/journeys/:id', '/sign-in'];

const noPage: RequestHandler = (_request, response) => {
  sendProblem(response, problemOf('page-not-built'));
};

/** One file. It is asked for each time, and answered with 304 while it is the same. */
const file =
  (root: string, name: string, cacheControl: string): RequestHandler =>
  (_request, response, next) => {
    response.sendFile(name, { root, cacheControl: false, headers: { 'cache-control': cacheControl } }, () => {
      if (!response.headersSent) next();
    });
  };

/** Files whose names change with their content. */
const assets = (directory: string): RequestHandler =>
  express.static(directory, { immutable: true, maxAge: '365d', index: false, redirect: false, dotfiles: 'ignore' });

/** The built pages: `icon.js` for merchants' pages, `call/` for customers, `work/` for those who work here. */
export const pages = ({ webDirectory, https }: Pick<HttpSettings, 'webDirectory' | 'https'>): Router => {
  const router = Router({ caseSensitive: true });
  const headersFor = (audience: Audience) => securityHeaders(audience, { https });

  router.get('/', (_request, response) => {
    response.redirect(302, '/agent');
  });

  router.get(
    '/icon.js',
    ...headersFor('applet'),
    (_request, response, next) => {
      response.set('access-control-allow-origin', '*');
      next();
    },
    file(webDirectory, 'icon.js', 'public, max-age=300'),
    noPage,
  );

  router.use('/call/assets', ...headersFor('call-window'), assets(join(webDirectory, 'call', 'assets')), noPage);
  router.get('/call', ...headersFor('call-window'), file(join(webDirectory, 'call'), 'index.html', 'no-cache'), noPage);

  router.use('/work/assets', ...headersFor('work-page'), assets(join(webDirectory, 'work', 'assets')), noPage);
  router.get(workPages, ...headersFor('work-page'), file(join(webDirectory, 'work'), 'index.html', 'no-cache'), noPage);
  return router;
};
