import type { AgentId } from '../kernel/ids.js';

/** Password hashes: not events, since they must be changeable and must never leave the machine with the log. */
export interface Credentials {
  save(agentId: AgentId, passwordHash: string): Promise<void>;
  load(agentId: AgentId): Promise<string | undefined>;
}
