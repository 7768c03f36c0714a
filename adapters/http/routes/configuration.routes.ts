import { z } from 'zod';
import { callCentreId, linkId, merchantStream, type MerchantId } from '#domain/kernel/ids.js';
import type { MerchantCommand } from '#domain/merchant/merchant.commands.js';
import type { Merchant } from '#domain/merchant/merchant.state.js';
import { originSchema, textSchema } from '../../wire/basic.schemas.js';
import type { ProblemCode } from '../../wire/problems.js';
import { capturePolicySchema } from '../../wire/shared-view.schemas.js';
import {
  callCentreBodySchema,
  configurationSchema,
  dtmfEntrySchema,
  linkRouteSchema,
  redirectBodySchema,
} from '../configuration.schemas.js';
import type { HttpDependencies } from '../dependencies.js';
import { refused, reply, replyTo } from '../reply.js';
import { route, type MerchantCaller, type Method, type Route } from '../route.js';
import { changed, merchantPath, namedPath } from './path-ids.js';

const base = '/v1/merchants/{merchant}';
const access = { kind: 'merchant', roles: ['admin'] } as const;
const replies = { 200: { description: 'It is so from now on', schema: changed } };

const configurationOf = (merchantId: MerchantId, merchant: Merchant): z.output<typeof configurationSchema> => ({
  merchantId,
  name: merchant.name,
  origins: [...merchant.origins],
  links: Array.from(merchant.links, ([id, label]) => ({ linkId: id, label })),
  callCentres: [...merchant.centres.values()],
  routingPolicy: { version: merchant.policyVersion, routes: [...merchant.routes.values()] },
  redirects: [...merchant.redirects],
  dtmfTable: { version: merchant.dtmfVersion, entries: [...merchant.dtmf] },
  capturePolicy: merchant.capture,
  apiKeys: Array.from(merchant.apiKeys, ([keyId, { label }]) => ({ keyId, label })),
});

type Change = MerchantCommand extends infer Each
  ? Each extends MerchantCommand
    ? Pick<Each, 'type' | 'data'>
    : never
  : never;

/** How a merchant's configuration is read and changed. Each change is a command, and what refuses it is a rule. */
export const configurationRoutes = ({ backOffice, commands, clock }: HttpDependencies): readonly Route[] => {
  const ask = async ({ merchantId, actor }: MerchantCaller, change: Change) => {
    const command = { ...change, target: merchantStream(merchantId), at: clock.now() };
    return replyTo(await commands.dispatch(command, { actor }));
  };

  type Changing<Params, Body> = Readonly<{
    method: Method;
    path: string;
    summary: string;
    params: z.ZodType<Params>;
    body?: z.ZodType<Body>;
    refusals: readonly ProblemCode[];
    change: (params: Params, body: Body, merchantId: MerchantId) => Change;
  }>;
  const changing = <Params, Body = undefined>({ change, path, ...described }: Changing<Params, Body>): Route =>
    route<'merchant', Params, undefined, Body>({
      ...described,
      path: base + path,
      access,
      replies,
      handle: ({ params, body, who }) => ask(who, change(params, body, who.merchantId)),
    });

  return [
    route({
      method: 'GET',
      path: base,
      summary: "A merchant's whole configuration",
      access,
      params: merchantPath,
      replies: { 200: { description: 'As of now', schema: configurationSchema } },
      handle: async ({ who: { merchantId } }) => {
        const merchant = backOffice.merchant(merchantId);
        return merchant ? reply(200, configurationOf(merchantId, merchant)) : refused('not-found');
      },
    }),
    changing({
      method: 'PUT',
      path: '/links/{link}',
      summary: 'Define a link: what an icon names',
      params: namedPath('link'),
      body: z.strictObject({ label: textSchema(200) }),
      refusals: [],
      change: ({ link }, { label }, owner) => ({ type: 'DefineLink', data: { linkId: linkId(owner, link), label } }),
    }),
    changing({
      method: 'PUT',
      path: '/call-centres/{centre}',
      summary: 'Define a call centre: its number, place, hours, holidays, capacity and trunks',
      params: namedPath('centre'),
      body: callCentreBodySchema,
      refusals: ['unknown-time-zone', 'bad-hours', 'bad-holiday', 'bad-number', 'bad-location', 'bad-capacity'],
      change: ({ centre }, body, owner) => ({
        type: 'DefineCallCentre',
        data: { ...body, centreId: callCentreId(owner, centre) },
      }),
    }),
    changing({
      method: 'PUT',
      path: '/routing-policy',
      summary: 'Publish where the calls of each link go',
      params: merchantPath,
      body: z.strictObject({ routes: z.array(linkRouteSchema).max(500) }),
      refusals: ['unknown-link', 'unknown-call-centre', 'of-another-merchant', 'bad-number'],
      change: (_params, { routes }) => ({ type: 'PublishRoutingPolicy', data: { routes } }),
    }),
    changing({
      method: 'PUT',
      path: '/redirects/{redirect}',
      summary: 'Send calls elsewhere for a while',
      params: namedPath('redirect'),
      body: redirectBodySchema,
      refusals: ['redirect-ends-before-it-begins', 'redirect-is-over', 'unknown-link', 'unknown-call-centre'],
      change: ({ redirect }, body) => ({ type: 'SetRedirect', data: { ...body, redirectId: redirect } }),
    }),
    changing({
      method: 'DELETE',
      path: '/redirects/{redirect}',
      summary: 'End a redirect before its time',
      params: namedPath('redirect'),
      refusals: ['unknown-redirect'],
      change: ({ redirect }) => ({ type: 'ClearRedirect', data: { redirectId: redirect } }),
    }),
    changing({
      method: 'PUT',
      path: '/dtmf-table',
      summary: "Publish what the codes that agents key do in the customer's browser",
      params: merchantPath,
      body: z.strictObject({ entries: z.array(dtmfEntrySchema).max(500) }),
      refusals: ['bad-dtmf-code', 'duplicate-dtmf-code', 'page-outside-verified-origins'],
      change: (_params, { entries }) => ({ type: 'PublishDtmfTable', data: { entries } }),
    }),
    changing({
      method: 'PUT',
      path: '/capture-policy',
      summary: 'Say which cookies and form fields icons may pass on',
      params: merchantPath,
      body: capturePolicySchema,
      refusals: [],
      change: (_params, policy) => ({ type: 'SetCapturePolicy', data: policy }),
    }),
    changing({
      method: 'POST',
      path: '/origins',
      summary: 'Add an origin that icons may stand on',
      params: merchantPath,
      body: z.strictObject({ origin: originSchema }),
      refusals: ['not-an-origin'],
      change: (_params, { origin }) => ({ type: 'VerifyOrigin', data: { origin } }),
    }),
    changing({
      method: 'DELETE',
      path: '/api-keys/{key}',
      summary: 'Revoke an API key',
      params: namedPath('key'),
      refusals: ['unknown-api-key'],
      change: ({ key }) => ({ type: 'RevokeApiKey', data: { keyId: key } }),
    }),
  ];
};
