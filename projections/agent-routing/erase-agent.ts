import type { LogEventOf } from '#domain/events.js';
import type { AgentId } from '#domain/kernel/ids.js';
import { erasedText, erasers } from '#domain/privacy/erased.js';
import type { AgentRoutingView } from './agent-routing.view.js';

/** The agent stays one of whom calls tell, without a name, and signs in no more. */
export const eraseAgent = (view: AgentRoutingView, { data: { subject } }: LogEventOf<'SubjectKeyDestroyed'>): void => {
  const agent = view.agents.get(subject as string as AgentId);
  if (!agent) return;
  for (const [login, agentId] of view.byLogin) if (agentId === agent.agentId) view.byLogin.delete(login);
  view.agents.set(agent.agentId, {
    ...agent,
    loginName: erasers.AgentRegistered.loginName(agent.loginName),
    displayName: erasers.AgentRegistered.displayName(agent.displayName),
  });
};

/** Nobody is found by what stands in the place of an erased name. */
export const isErasedName = (loginName: string): boolean => loginName === erasedText;
