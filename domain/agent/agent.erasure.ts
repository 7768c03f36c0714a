import type { ContactId } from '../kernel/ids.js';
import { erasers } from '../privacy/erased.js';
import type { Subject } from '../privacy/subject.js';
import type { Agent, AgentPast, AgentProfile } from './agent.state.js';

const withoutName = (profile: AgentProfile): AgentProfile => ({
  ...profile,
  loginName: erasers.AgentRegistered.loginName(profile.loginName),
  displayName: erasers.AgentRegistered.displayName(profile.displayName),
});

const withoutNotesOn = (past: AgentPast, contactId: ContactId): AgentPast =>
  past.contactId === contactId && past.notes !== undefined
    ? { ...past, notes: erasers.NotesTaken.text(past.notes) }
    : past;

/** The state that the agent's events make once this subject is erased: the agent, or the contact that notes were taken of. */
export const eraseFromAgent = (agent: Agent, agentId: string, subject: Subject): Agent => {
  if (agent.status === 'unknown') return agent;
  return subject === agentId
    ? { ...agent, profile: withoutName(agent.profile) }
    : { ...agent, past: withoutNotesOn(agent.past, subject as string as ContactId) };
};
