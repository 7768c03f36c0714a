import { correlate } from '../correlation/correlate.js';
import { usualTiming } from '../correlation/clues.js';
import { gather } from '../correlation/gather.js';
import { tenantOf, type AgentId, type CallId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';
import type { LiveCall, PolicyViews } from './views.js';

/** The one call at a centre that this agent talks on and that no click has been tied to. */
const untiedCallOf = (agentId: AgentId, { calls }: PolicyViews): LiveCall | undefined =>
  [...calls.ofAgent(agentId)].find(
    ({ partner, agents }) =>
      partner === undefined && agents.some((agent) => agent.agentId === agentId && agent.state === 'connected'),
  );

/**
 * An agent's own channel code is heard on a call through a gateway that nothing ties to that agent yet: evidence that it is
 * the very call the agent is on (S1 [81-83]). A call that has its own agent already is never taken from it by a code.
 */
export const correlateByChannelCodeWhenKeyedElsewhere = policy({
  name: 'correlate-by-channel-code-when-keyed-elsewhere',
  on: ['DtmfCommandRefused'],
  decide: ({ stream, data: { code, reason }, meta }, views) => {
    const heardOn = stream as CallId;
    const agentId = views.agents.channels(tenantOf(stream)).get(code);
    if (reason !== 'agent-not-on-this-call' || agentId === undefined) return [];
    const call = untiedCallOf(agentId, views);
    if (views.calls.call(heardOn)?.partner !== undefined || !call?.arrival || call.centreId === undefined) return [];
    const at = meta.occurredAt;
    const correlation = correlate(
      gather(
        {
          ...call.arrival,
          callId: call.callId,
          centreId: call.centreId,
          arrivedAt: call.startedAt,
          takenAt: at,
          keyed: { code, heardOn, at },
          timing: usualTiming,
          ...(call.correlation ? { previous: call.correlation } : {}),
        },
        views,
      ),
    );
    return [{ type: 'ReportCorrelation', target: call.callId, data: { correlation } }];
  },
});
