import { hash, verify } from '@node-rs/argon2';
import type { Credentials } from '#domain/contracts/credentials.js';
import type { AgentId } from '#domain/kernel/ids.js';

/** Memory in KiB, and passes over it. */
export type HashingCost = Readonly<{ memoryCost: number; timeCost: number }>;

/** What OWASP's password storage cheat sheet asks of Argon2id at least. */
export const ordinaryHashingCost: HashingCost = { memoryCost: 19_456, timeCost: 2 };

export type Passwords = Readonly<{
  set: (agentId: AgentId, password: string) => Promise<void>;
  check: (agentId: AgentId | undefined, password: string) => Promise<boolean>;
}>;

/** Argon2id (RFC 9106). A login that is unknown, or has no password yet, costs the same work as a wrong password. */
export const passwords = ({
  credentials,
  cost,
}: Readonly<{ credentials: Credentials; cost: HashingCost }>): Passwords => {
  const options = { ...cost, parallelism: 1 };
  const nobodys = hash('the password of nobody', options);

  return {
    set: async (agentId, password) => credentials.save(agentId, await hash(password, options)),

    check: async (agentId, password) => {
      const known = agentId && (await credentials.load(agentId));
      const matches = await verify(known ?? (await nobodys), password);
      return known !== undefined && matches;
    },
  };
};
