import type { AgentRole } from '../agent/agent.events.js';
import type { AgentId, IconSessionId, LinkId, MerchantId } from '../kernel/ids.js';
import type { E164 } from '../kernel/phone-number.js';
import type { Location } from '../kernel/geography.js';
import type { Instant, Milliseconds } from '../kernel/time.js';

/** What a signed icon says. The merchant's server mints it; only here may an icon carry a number of its own. */
export type IconClaims = Readonly<{
  tokenId: string;
  merchantId: MerchantId;
  linkId?: LinkId;
  /** The one origin it may be clicked on. */
  origin: string;
  number?: E164;
  merchantSessionId?: string;
  customerRef?: string;
  location?: Location;
  expiresAt: Instant;
}>;

/** Somebody who signed in to work with pages or the API. */
export type StaffIdentity = Readonly<{
  merchantId: MerchantId;
  agentId: AgentId;
  /** One sign-in; sign-out ends it. */
  sessionId: string;
  roles: readonly AgentRole[];
  expiresAt: Instant;
}>;

export type TokenFailure = 'no-token' | 'forged-token' | 'expired-token' | 'stale-token';
export type Verified<Claims> =
  Readonly<{ outcome: 'valid'; claims: Claims }> | Readonly<{ outcome: 'invalid'; reason: TokenFailure }>;

/** Signs and verifies everything that lets somebody in. Never says why a secret was wrong. */
export interface AccessControl {
  mintIconToken(
    claims: Omit<IconClaims, 'tokenId' | 'expiresAt'>,
    lifetime: Milliseconds,
  ): Promise<Readonly<{ token: string; claims: IconClaims }>>;
  verifyIconToken(token: string): Promise<Verified<IconClaims>>;
  /** For the call window of one click. */
  mintCustomerToken(sessionId: IconSessionId): Promise<string>;
  verifyCustomerToken(token: string): Promise<Verified<Readonly<{ sessionId: IconSessionId }>>>;
  mintStaffToken(identity: Omit<StaffIdentity, 'expiresAt'>, lifetime: Milliseconds): Promise<string>;
  verifyStaffToken(token: string): Promise<Verified<StaffIdentity>>;
  /** Argon2id, salted, kept apart from the log. */
  setPassword(agentId: AgentId, password: string): Promise<void>;
  /** Takes as long for an unknown agent as for a wrong password. */
  checkPassword(agentId: AgentId | undefined, password: string): Promise<boolean>;
  /** A new API key: shown once, of which only `sha256` is kept. */
  makeApiKey(merchantId: MerchantId): Readonly<{ key: string; keyId: string; sha256: string }>;
  /** The parts of a key as it came in; `undefined` when it does not look like one. */
  readApiKey(key: string): Readonly<{ merchantId: MerchantId; keyId: string; sha256: string }> | undefined;
  /** With this the holder of an API key signs facts that come by other ways than HTTP. It is worth nothing without the key. */
  factSecret(merchantId: MerchantId, keyId: string): string;
  /** Whether those bytes were signed (`v1,` and base64 of HMAC-SHA256) with that secret. */
  checkFactSignature(
    proof: Readonly<{ merchantId: MerchantId; keyId: string; signature: string; signed: Uint8Array }>,
  ): boolean;
}
