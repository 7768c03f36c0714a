import type { Credentials } from '#domain/contracts/credentials.js';
import type { AgentId } from '#domain/kernel/ids.js';

/** Password hashes that live as long as the process. */
export const memoryCredentials = (): Credentials => {
  const hashes = new Map<AgentId, string>();
  return {
    save: async (agentId, passwordHash) => {
      hashes.set(agentId, passwordHash);
    },
    load: async (agentId) => hashes.get(agentId),
  };
};
