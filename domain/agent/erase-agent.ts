import { erasers } from '../privacy/erased.js';
import type { Subject } from '../privacy/subject.js';
import type { Agent } from './agent.state.js';

/** An agent without what was known of that subject: as the agent's events make one since its key was destroyed. */
export const eraseAgent = <Known extends Agent>(agent: Known, stream: string, subject: Subject): Known => {
  if (agent.status === 'unknown') return agent;
  const { profile, past } = agent;
  if ((stream as string) === subject) {
    const { loginName, displayName } = erasers.AgentRegistered;
    const named = { loginName: loginName(profile.loginName), displayName: displayName(profile.displayName) };
    return { ...agent, profile: { ...profile, ...named } };
  }
  if (past.contactId !== (subject as string) || past.notes === undefined) return agent;
  return { ...agent, past: { ...past, notes: erasers.NotesTaken.text(past.notes) } };
};
