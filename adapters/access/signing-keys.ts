import { hkdfSync } from 'node:crypto';
import { isMerchantId, type MerchantId } from '#domain/kernel/ids.js';
import type { InstallationSecret } from './installation-secret.js';

/** What a token is for: one made for one purpose is worth nothing for another. */
export type Purpose = 'icon' | 'customer' | 'staff';

/** One key for each purpose and merchant, derived from the installation's secret (HKDF, RFC 5869). */
export type SigningKeys = Readonly<{
  keyFor: (purpose: Purpose, merchantId: MerchantId) => Uint8Array;
}>;

const keyLength = 32;
const mostKept = 10_000;

export const signingKeys = (secret: InstallationSecret): SigningKeys => {
  const kept = new Map<string, Uint8Array>();
  return {
    keyFor: (purpose, merchantId) => {
      const name = keyIdOf(purpose, merchantId);
      const known = kept.get(name);
      if (known) return known;
      const key = new Uint8Array(hkdfSync('sha256', secret, 'trunkline/v1', name, keyLength));
      // Key ids come from strangers' tokens: what is kept has an end.
      if (kept.size >= mostKept) kept.clear();
      kept.set(name, key);
      return key;
    },
  };
};

/** The `kid` of a token: `<purpose>/<merchant>`. */
export const keyIdOf = (purpose: Purpose, merchantId: MerchantId): string => `${purpose}/${merchantId}`;

/** The merchant of a key id, if it is of that purpose. */
export const merchantOfKeyId = (purpose: Purpose, keyId: unknown): MerchantId | undefined => {
  if (typeof keyId !== 'string' || !keyId.startsWith(`${purpose}/`)) return undefined;
  const merchant = keyId.slice(purpose.length + 1);
  return isMerchantId(merchant) ? merchant : undefined;
};
