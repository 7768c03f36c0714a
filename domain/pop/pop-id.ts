import { popId, tenantOf, uniqueOf, type AgentId, type CallId, type PopId } from '../kernel/ids.js';

/**
 * One pop for each ring of each agent's phone: told twice, it is the same pop. `correction`: position in the log of the
 * later verdict that made another pop of it.
 */
export const popOf = (callId: CallId, agentId: AgentId, hop: number, correction?: number): PopId =>
  popId(
    tenantOf(callId),
    `${uniqueOf(callId)}.${uniqueOf(agentId)}.${hop}${correction === undefined ? '' : `.${correction}`}`,
  );
