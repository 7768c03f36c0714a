import { errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { Verified } from '#domain/contracts/access-control.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { MerchantId } from '#domain/kernel/ids.js';
import { instant, type Instant } from '#domain/kernel/time.js';
import { keyIdOf, merchantOfKeyId, type Purpose, type SigningKeys } from './signing-keys.js';

/** What a token of ours says: whose it is, what it says besides, and until when. */
export type TokenContent = Readonly<{ merchantId: MerchantId; claims: JWTPayload; expiresAt: Instant }>;

export type SignedTokens = Readonly<{
  sign: (purpose: Purpose, content: TokenContent) => Promise<string>;
  verify: (purpose: Purpose, token: string) => Promise<Verified<TokenContent>>;
}>;

/** The one algorithm; what a token itself names as its algorithm only has to agree. */
const algorithm = 'HS256';
const issuer = 'trunkline';
const longestToken = 4096;
const forged = { outcome: 'invalid', reason: 'forged-token' } as const;

const audienceOf = (purpose: Purpose): string => `trunkline:${purpose}`;

/** Compact JWS with HMAC SHA-256 (RFC 7515, 7519). Instants are whole seconds inside: they are rounded up. */
export const signedTokens = ({ keys, clock }: Readonly<{ keys: SigningKeys; clock: Clock }>): SignedTokens => ({
  sign: (purpose, { merchantId, claims, expiresAt }) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: algorithm, typ: 'JWT', kid: keyIdOf(purpose, merchantId) })
      .setIssuer(issuer)
      .setAudience(audienceOf(purpose))
      .setIssuedAt(Math.floor(clock.now() / 1000))
      .setExpirationTime(Math.ceil(expiresAt / 1000))
      .sign(keys.keyFor(purpose, merchantId)),

  verify: async (purpose, token) => {
    if (token === '') return { outcome: 'invalid', reason: 'no-token' };
    if (token.length > longestToken) return forged;
    try {
      const { payload, protectedHeader } = await jwtVerify(
        token,
        ({ kid }) => {
          const merchantId = merchantOfKeyId(purpose, kid);
          if (!merchantId) throw new errors.JWSInvalid('not a key of ours');
          return keys.keyFor(purpose, merchantId);
        },
        {
          algorithms: [algorithm],
          audience: audienceOf(purpose),
          issuer,
          currentDate: new Date(clock.now()),
          requiredClaims: ['exp'],
        },
      );
      const merchantId = merchantOfKeyId(purpose, protectedHeader.kid);
      if (!merchantId) return forged;
      const expiresAt = instant((payload.exp ?? 0) * 1000);
      return { outcome: 'valid', claims: { merchantId, claims: payload, expiresAt } };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { outcome: 'invalid', reason: 'expired-token' };
      if (error instanceof errors.JOSEError) return forged;
      throw error;
    }
  },
});
