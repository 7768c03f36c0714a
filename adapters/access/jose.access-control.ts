import { z } from 'zod';
import type { AccessControl } from '#domain/contracts/access-control.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { Credentials } from '#domain/contracts/credentials.js';
import type { UniqueIds } from '#domain/contracts/unique-ids.js';
import { tenantOf } from '#domain/kernel/ids.js';
import { after, type Milliseconds } from '#domain/kernel/time.js';
import {
  agentIdSchema,
  e164Schema,
  iconSessionIdSchema,
  linkIdSchema,
  locationSchema,
  originSchema,
} from '../wire/basic.schemas.js';
import { agentRoles } from '../wire/shared-view.schemas.js';
import { apiKeys } from './api-keys.js';
import { factSignatures } from './fact-signatures.js';
import type { InstallationSecret } from './installation-secret.js';
import { ordinaryHashingCost, passwords, type HashingCost } from './passwords.js';
import { signedTokens, type TokenContent } from './signed-tokens.js';
import { signingKeys } from './signing-keys.js';
import type { Verified } from '#domain/contracts/access-control.js';

type Dependencies = Readonly<{
  secret: InstallationSecret;
  credentials: Credentials;
  clock: Clock;
  ids: UniqueIds;
  settings?: Readonly<{
    hashingCost?: HashingCost;
    /** Longer than any call: the token of a call window ends with the session, not by the clock. */
    customerTokenLifetime?: Milliseconds;
  }>;
}>;

const twelveHours: Milliseconds = 12 * 60 * 60 * 1000;

const iconClaims = z.object({
  jti: z.string().min(1),
  origin: originSchema,
  linkId: linkIdSchema.exactOptional(),
  number: e164Schema.exactOptional(),
  merchantSessionId: z.string().exactOptional(),
  customerRef: z.string().exactOptional(),
  location: locationSchema.exactOptional(),
});
const customerClaims = z.object({ sub: iconSessionIdSchema });
const staffClaims = z.object({ sub: agentIdSchema, sid: z.string().min(1), roles: z.array(agentRoles) });

/** A signature proves who wrote it; whether it still has today's form is another question. */
const contentOf = <Claims, Content>(
  verified: Verified<TokenContent>,
  schema: z.ZodType<Claims>,
  read: (claims: Claims, token: TokenContent) => Content | undefined,
): Verified<Content> => {
  if (verified.outcome === 'invalid') return verified;
  const parsed = schema.safeParse(verified.claims.claims);
  const content = parsed.success ? read(parsed.data, verified.claims) : undefined;
  return content === undefined ? { outcome: 'invalid', reason: 'forged-token' } : { outcome: 'valid', claims: content };
};

/** Tokens by jose, passwords by Argon2id. Keys of every merchant and purpose differ, so no token can be used for another. */
export const joseAccessControl = ({ secret, credentials, clock, ids, settings = {} }: Dependencies): AccessControl => {
  const tokens = signedTokens({ keys: signingKeys(secret), clock });
  const secrets = passwords({ credentials, cost: settings.hashingCost ?? ordinaryHashingCost });
  const customerTokenLifetime = settings.customerTokenLifetime ?? twelveHours;

  return {
    ...apiKeys({ ids }),
    ...factSignatures(secret),
    setPassword: secrets.set,
    checkPassword: secrets.check,

    mintIconToken: async (asked, lifetime) => {
      const { merchantId, ...said } = asked;
      const [tokenId, expiresAt] = [ids.next(), after(clock.now(), lifetime)];
      const token = await tokens.sign('icon', { merchantId, claims: { ...said, jti: tokenId }, expiresAt });
      return { token, claims: { ...asked, tokenId, expiresAt } };
    },

    verifyIconToken: async (token) =>
      contentOf(await tokens.verify('icon', token), iconClaims, ({ jti, ...said }, { merchantId, expiresAt }) =>
        said.linkId !== undefined && tenantOf(said.linkId) !== merchantId
          ? undefined
          : { ...said, tokenId: jti, merchantId, expiresAt },
      ),

    mintCustomerToken: (sessionId) =>
      tokens.sign('customer', {
        merchantId: tenantOf(sessionId),
        claims: { sub: sessionId },
        expiresAt: after(clock.now(), customerTokenLifetime),
      }),

    verifyCustomerToken: async (token) =>
      contentOf(await tokens.verify('customer', token), customerClaims, ({ sub }, { merchantId }) =>
        tenantOf(sub) === merchantId ? { sessionId: sub } : undefined,
      ),

    mintStaffToken: ({ merchantId, agentId, sessionId, roles }, lifetime) =>
      tokens.sign('staff', {
        merchantId,
        claims: { sub: agentId, sid: sessionId, roles },
        expiresAt: after(clock.now(), lifetime),
      }),

    verifyStaffToken: async (token) =>
      contentOf(await tokens.verify('staff', token), staffClaims, ({ sub, sid, roles }, { merchantId, expiresAt }) =>
        tenantOf(sub) === merchantId ? { merchantId, agentId: sub, sessionId: sid, roles, expiresAt } : undefined,
      ),
  };
};
