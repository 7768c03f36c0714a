import type { Request } from 'express';
import { addressOf } from '../wire/address.js';
import type { RequestSource } from '../wire/own-origin.js';
import type { HttpSettings } from './settings.js';

/** Address of the client, behind as many proxies as the settings know of. */
export const clientAddress = (request: Request, { trustedProxies }: Pick<HttpSettings, 'trustedProxies'>): string =>
  addressOf(request.socket.remoteAddress, request.get('x-forwarded-for'), trustedProxies);

export const sourceOf = (request: Request): RequestSource => ({
  origin: request.get('origin'),
  host: request.get('host'),
  fetchSite: request.get('sec-fetch-site'),
  safe: request.method === 'GET' || request.method === 'HEAD',
});
