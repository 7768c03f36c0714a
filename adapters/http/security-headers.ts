import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { HttpSettings } from './settings.js';

/** What kind of answer it is: each is allowed exactly what it needs. */
export type Audience = 'api' | 'work-page' | 'call-window' | 'applet';

type Directives = Readonly<Record<string, readonly string[]>>;

const nothing: Directives = { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"], 'base-uri': ["'none'"] };

/** `'self'` covers sockets of the same host in today's browsers, though not in those of a few years ago. */
const socketsOf = (host: string | undefined): readonly string[] =>
  host !== undefined && /^[\w.-]+(?::\d{1,5})?$/.test(host) ? [`ws://${host}`, `wss://${host}`] : [];

const page = (host: string | undefined): Directives => ({
  ...nothing,
  'form-action': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'font-src': ["'self'"],
  'media-src': ["'self'"],
  'connect-src': ["'self'", ...socketsOf(host)],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ["'none'"],
});

const policyOf = (audience: Audience, host: string | undefined): string =>
  Object.entries(audience === 'work-page' || audience === 'call-window' ? page(host) : nothing)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');

/** A call window and a desk may listen and speak; nothing may see, locate or pay. */
const permissionsOf = (audience: Audience): string => {
  const microphone = audience === 'call-window' || audience === 'work-page' ? '(self)' : '()';
  return `camera=(), geolocation=(), microphone=${microphone}, payment=(), usb=()`;
};

/** The shop that opened the call window goes on talking to it; nothing else keeps a hold on a page of ours. */
const openerPolicyOf = (audience: Audience): 'unsafe-none' | 'same-origin' =>
  audience === 'call-window' ? 'unsafe-none' : 'same-origin';

export const securityHeaders = (audience: Audience, { https }: Pick<HttpSettings, 'https'>): RequestHandler[] => [
  helmet({
    contentSecurityPolicy: false,
    crossOriginOpenerPolicy: { policy: openerPolicyOf(audience) },
    crossOriginResourcePolicy: { policy: audience === 'applet' ? 'cross-origin' : 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
  }),
  (request, response, next) => {
    response.set({
      'content-security-policy': policyOf(audience, request.get('host')),
      'permissions-policy': permissionsOf(audience),
    });
    next();
  },
];
