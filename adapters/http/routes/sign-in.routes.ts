import { z } from 'zod';
import type { StaffIdentity } from '#domain/contracts/access-control.js';
import { accessLogOf, isMerchantId, platform, type MerchantId } from '#domain/kernel/ids.js';
import { after } from '#domain/kernel/time.js';
import type { KnownAgent } from '#domain/policies/views.js';
import { agentIdSchema, instantSchema, merchantIdSchema } from '../../wire/basic.schemas.js';
import { problemOfOutcome } from '../../wire/problems.js';
import { agentRoles } from '../../wire/shared-view.schemas.js';
import { staffCookieName } from '../../wire/staff-cookie.js';
import type { HttpDependencies } from '../dependencies.js';
import { refused, reply } from '../reply.js';
import { route, type Route } from '../route.js';

const me = {
  merchantId: merchantIdSchema,
  agentId: agentIdSchema,
  displayName: z.string(),
  roles: z.array(agentRoles),
  expiresAt: instantSchema,
};
const meSchema = z.strictObject(me).meta({ id: 'Me' });
const signedInSchema = z.strictObject({ token: z.string(), ...me }).meta({ id: 'SignedIn' });

const loginSchema = z
  .strictObject({
    login: z.string().min(1).max(200).meta({ example: 'anna@acme' }),
    password: z.string().min(1).max(256),
  })
  .meta({ id: 'SignIn' });

/** `anna@acme`: a name and a merchant. */
const partsOf = (login: string): Readonly<{ loginName: string; merchantId: MerchantId }> | undefined => {
  const at = login.lastIndexOf('@');
  const merchantId = login.slice(at + 1).toLowerCase();
  return at > 0 && isMerchantId(merchantId) ? { loginName: login.slice(0, at), merchantId } : undefined;
};

const cookie = (value: string, seconds: number, https: boolean): string =>
  [
    `${staffCookieName(https)}=${value}`,
    'Path=/',
    `Max-Age=${seconds}`,
    'HttpOnly',
    'SameSite=Strict',
    ...(https ? ['Secure'] : []),
  ].join('; ');

export const signInRoutes = ({
  access,
  backOffice,
  commands,
  clock,
  ids,
  settings,
}: HttpDependencies): readonly Route[] => {
  const { https, staffTokenLifetime } = settings;

  const agentOf = ({ merchantId, agentId }: Pick<StaffIdentity, 'merchantId' | 'agentId'>): KnownAgent | undefined =>
    backOffice.agents(merchantId).find((agent) => agent.agentId === agentId);

  const signIn = async (merchantId: MerchantId, { agentId, displayName, roles }: KnownAgent) => {
    const [sessionId, at] = [ids.next(), clock.now()];
    const outcome = await commands.dispatch(
      { type: 'ReportSignedIn', target: accessLogOf(merchantId), at, data: { who: agentId, sessionId } },
      { actor: `agent:${agentId}` },
    );
    if (outcome.outcome !== 'accepted') return { problem: problemOfOutcome(outcome) };
    const token = await access.mintStaffToken({ merchantId, agentId, sessionId, roles }, staffTokenLifetime);
    const expiresAt = after(at, staffTokenLifetime);
    return reply(
      200,
      { token, merchantId, agentId, displayName, roles, expiresAt },
      { 'set-cookie': cookie(token, Math.floor(staffTokenLifetime / 1000), https) },
    );
  };

  return [
    route({
      method: 'POST',
      path: '/v1/sign-in',
      summary: 'Sign in to work with the pages or the API',
      access: { kind: 'public' },
      limits: ['sign-in'],
      body: loginSchema,
      replies: { 200: { description: 'Signed in; the cookie says so too', schema: signedInSchema } },
      refusals: ['wrong-credentials', 'rate-limited', 'log-unavailable'],
      handle: async ({ body: { login, password }, from }) => {
        const parts = partsOf(login);
        const agent = parts && backOffice.agentByLogin(parts.merchantId, parts.loginName);
        const matches = await access.checkPassword(agent?.agentId, password);
        if (parts && agent && matches) return signIn(parts.merchantId, agent);
        const concerned = parts && backOffice.merchant(parts.merchantId) ? parts.merchantId : platform;
        backOffice.recordRefusal(concerned, { why: 'wrong-credentials', what: 'POST /v1/sign-in', from });
        return refused('wrong-credentials');
      },
    }),
    route({
      method: 'POST',
      path: '/v1/sign-out',
      summary: 'End this sign-in, wherever it is used',
      access: { kind: 'staff' },
      replies: { 204: { description: 'Signed out' } },
      refusals: ['log-unavailable'],
      handle: async ({ who: { merchantId, agentId, sessionId } }) => {
        const outcome = await commands.dispatch(
          {
            type: 'ReportSignedOut',
            target: accessLogOf(merchantId),
            at: clock.now(),
            data: { who: agentId, sessionId },
          },
          { actor: `agent:${agentId}` },
        );
        const headers = { 'set-cookie': cookie('', 0, https) };
        return outcome.outcome === 'accepted'
          ? reply(204, undefined, headers)
          : { problem: problemOfOutcome(outcome), headers };
      },
    }),
    route({
      method: 'GET',
      path: '/v1/me',
      summary: 'Who is signed in here',
      access: { kind: 'staff' },
      replies: { 200: { description: 'You', schema: meSchema } },
      handle: async ({ who: { merchantId, agentId, expiresAt } }) => {
        const agent = agentOf({ merchantId, agentId });
        if (!agent) return refused('stale-token');
        const { displayName, roles } = agent;
        return reply(200, { merchantId, agentId, displayName, roles, expiresAt });
      },
    }),
  ];
};
