import { z } from 'zod';
import { linkId } from '#domain/kernel/ids.js';
import {
  e164Schema,
  instantSchema,
  locationSchema,
  originSchema,
  textSchema,
  uniquePartSchema,
} from '../../wire/basic.schemas.js';
import type { HttpDependencies } from '../dependencies.js';
import { refused, reply } from '../reply.js';
import { route, type Route } from '../route.js';
import { merchantPath } from './path-ids.js';

const quarterOfAnHour = 15 * 60;
const day = 24 * 60 * 60;

const iconTokenRequest = z
  .strictObject({
    origin: originSchema.meta({ description: 'The one origin it may be clicked on' }),
    link: uniquePartSchema.exactOptional(),
    number: e164Schema.exactOptional().meta({ description: "Where the icon's calls go; otherwise the link decides" }),
    merchantSessionId: textSchema(256).exactOptional(),
    customerRef: textSchema(256).exactOptional(),
    location: locationSchema.exactOptional(),
    lifetimeSeconds: z
      .int()
      .min(1)
      .max(day)
      .exactOptional()
      .meta({ description: `${quarterOfAnHour} if left out` }),
  })
  .meta({ id: 'IconTokenRequest' });

const iconToken = z
  .strictObject({ token: z.string(), tokenId: z.string(), expiresAt: instantSchema })
  .meta({ id: 'IconToken' });

export const iconTokenRoutes = ({ access, backOffice }: HttpDependencies): readonly Route[] => [
  route({
    method: 'POST',
    path: '/v1/merchants/{merchant}/icon-tokens',
    summary: 'Mint a signed icon',
    access: { kind: 'merchant', roles: ['admin'] },
    params: merchantPath,
    body: iconTokenRequest,
    replies: { 201: { description: 'To be put on the icon', schema: iconToken } },
    refusals: ['foreign-origin', 'unknown-link'],
    handle: async ({ who: { merchantId }, body: { link, lifetimeSeconds = quarterOfAnHour, ...said } }) => {
      const merchant = backOffice.merchant(merchantId);
      const named = link === undefined ? {} : { linkId: linkId(merchantId, link) };
      if (!merchant?.origins.includes(said.origin)) return refused('foreign-origin', 'Not a verified origin');
      if (named.linkId && !merchant.links.has(named.linkId)) return refused('unknown-link');
      const { token, claims } = await access.mintIconToken({ ...said, ...named, merchantId }, lifetimeSeconds * 1000);
      return reply(201, { token, tokenId: claims.tokenId, expiresAt: claims.expiresAt });
    },
  }),
];
