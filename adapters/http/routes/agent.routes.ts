import { z } from 'zod';
import { accessLogOf, agentId, callCentreId, deviceId, tenantOf, type AgentId } from '#domain/kernel/ids.js';
import type { KnownAgent } from '#domain/policies/views.js';
import {
  agentIdSchema,
  callCentreIdSchema,
  deviceIdSchema,
  instantSchema,
  textSchema,
  uniquePartSchema,
} from '../../wire/basic.schemas.js';
import { schemaFor } from '../../wire/schema-for.js';
import { agentRoles, agentStates } from '../../wire/shared-view.schemas.js';
import type { HttpDependencies } from '../dependencies.js';
import { problemOfOutcome } from '../../wire/problems.js';
import { refused, reply, replyTo, type Refused } from '../reply.js';
import { route, type Route } from '../route.js';
import { merchantPath, namedPath } from './path-ids.js';

const base = '/v1/merchants/{merchant}/agents';
const access = { kind: 'merchant', roles: ['admin'] } as const;

/** Long enough to be worth hashing, short enough to be hashed at once. */
const password = z.string().min(10).max(256);
const loginName = z.string().regex(/^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/);

const newAgent = z
  .strictObject({
    loginName,
    displayName: textSchema(200),
    centre: uniquePartSchema,
    device: uniquePartSchema,
    roles: z.array(agentRoles).min(1).max(4),
    password,
  })
  .meta({ id: 'NewAgent' });

const agentSchema = schemaFor<KnownAgent>()(
  z
    .strictObject({
      agentId: agentIdSchema,
      loginName: z.string(),
      displayName: z.string(),
      roles: z.array(agentRoles),
      centreId: callCentreIdSchema,
      device: deviceIdSchema,
      state: agentStates,
      since: instantSchema,
      channelCode: z.string().exactOptional(),
    })
    .meta({ id: 'Agent' }),
);

/** Who knew the former password must not go on with it. @returns what to answer when that could not be seen to */
const signOutEverywhere = async (
  { backOffice, commands, clock }: HttpDependencies,
  target: AgentId,
  actor: string,
): Promise<Refused | undefined> => {
  for (const sessionId of backOffice.signInsOf(target)) {
    const at = clock.now();
    const outcome = await commands.dispatch(
      { type: 'ReportSignedOut', target: accessLogOf(tenantOf(target)), at, data: { who: target, sessionId } },
      { actor },
    );
    if (outcome.outcome !== 'accepted') return { problem: problemOfOutcome(outcome) };
  }
  return undefined;
};

export const agentRoutes = (dependencies: HttpDependencies): readonly Route[] => {
  const { access: secrets, backOffice, commands, clock } = dependencies;
  return [
    route({
      method: 'GET',
      path: base,
      summary: 'Agents and what they are doing',
      access: { kind: 'merchant', roles: ['admin', 'supervisor'] },
      params: merchantPath,
      replies: { 200: { description: 'All of them', schema: z.strictObject({ agents: z.array(agentSchema) }) } },
      handle: async ({ who: { merchantId } }) => reply(200, { agents: backOffice.agents(merchantId) }),
    }),
    route({
      method: 'POST',
      path: base,
      summary: 'Register an agent',
      access,
      params: merchantPath,
      body: newAgent,
      replies: {
        201: {
          description: 'May sign in from now on',
          schema: z.strictObject({ agentId: agentIdSchema, position: z.int() }),
        },
      },
      refusals: ['login-name-taken', 'unknown-call-centre'],
      handle: async ({ who: { merchantId, actor }, body: { password: secret, centre, device, ...said } }) => {
        const known = backOffice.merchant(merchantId)?.centres.has(callCentreId(merchantId, centre));
        if (!known) return refused('unknown-call-centre');
        if (backOffice.agentByLogin(merchantId, said.loginName)) return refused('login-name-taken');
        const target = agentId(merchantId, said.loginName);
        const data = { ...said, centreId: callCentreId(merchantId, centre), device: deviceId(merchantId, device) };
        const outcome = await commands.dispatch({ type: 'RegisterAgent', target, at: clock.now(), data }, { actor });
        if (outcome.outcome === 'accepted') await secrets.setPassword(target, secret);
        return replyTo(outcome, 201, { agentId: target });
      },
    }),
    route({
      method: 'PUT',
      path: `${base}/{agent}/password`,
      summary: "Set an agent's password; whoever is signed in with the former one is signed out",
      access,
      params: namedPath('agent'),
      body: z.strictObject({ password }),
      replies: { 204: { description: 'It is set' } },
      refusals: ['unknown-agent', 'log-unavailable'],
      handle: async ({ who: { merchantId, actor }, params: { agent }, body }) => {
        const target = agentId(merchantId, agent);
        if (!backOffice.agents(merchantId).some((known) => known.agentId === target)) return refused('unknown-agent');
        await secrets.setPassword(target, body.password);
        return (await signOutEverywhere(dependencies, target, actor)) ?? reply(204);
      },
    }),
  ];
};
