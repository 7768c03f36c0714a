import type { PopCommand } from '../pop/pop.events.js';
import { tenantOf, type AgentId, type CallId } from '../kernel/ids.js';
import { policy, type Asked } from '../kernel/policy.js';
import type { Instant } from '../kernel/time.js';
import { beliefOf } from '../pop/belief.js';
import { popOf } from '../pop/pop-id.js';
import type { LiveCall, PolicyViews } from './views.js';

/** The belief as of now, in the agent's words. */
const believe = (call: LiveCall, { merchants, gateways, aniIndex }: PolicyViews, at: Instant) => {
  const { correlation } = call;
  const candidate = correlation?.candidates[0];
  const session = candidate && aniIndex.bySession(candidate.sessionId);
  const merchant = merchants.merchant(tenantOf(call.callId));
  const gateway = gateways.gateways().find(({ gatewayId }) => gatewayId === candidate?.gatewayId);
  const iconLabel = session?.linkId && merchant?.links.get(session.linkId);
  return beliefOf(correlation ?? { verdict: 'none', rule: 'no-rule', candidates: [], evidence: [] }, {
    at,
    ...(session === undefined ? {} : { clickedAt: session.clickedAt, origin: session.origin }),
    ...(iconLabel === undefined ? {} : { iconLabel }),
    ...(gateway === undefined ? {} : { gatewayName: gateway.name }),
  });
};

export type Offer = Readonly<{
  call: LiveCall;
  agent: Readonly<{ agentId: AgentId; hop: number }>;
  at: Instant;
  /** Position in the log of the verdict that corrected an earlier one. */
  correction?: number;
}>;

/** What to ask for so that an agent's screen shows a call. */
export const offerPop = ({ call, agent, at, correction }: Offer, views: PolicyViews): Asked<PopCommand> => ({
  type: 'OfferPop',
  target: popOf(call.callId, agent.agentId, agent.hop, correction),
  data: {
    agentId: agent.agentId,
    contactId: call.contactId,
    callId: call.callId,
    hop: agent.hop,
    why: believe(call, views, at),
  },
});

export const offerPopWhenCallIsDelivered = policy({
  name: 'offer-pop-when-call-is-delivered',
  on: ['CallDelivered'],
  decide: ({ stream, data, meta }, views) => {
    const call = views.calls.call(stream as CallId);
    return call ? [offerPop({ call, agent: data, at: meta.occurredAt }, views)] : [];
  },
});
