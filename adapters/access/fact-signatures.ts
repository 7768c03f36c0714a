import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { AccessControl } from '#domain/contracts/access-control.js';
import type { MerchantId } from '#domain/kernel/ids.js';
import type { InstallationSecret } from './installation-secret.js';

const secretLength = 32;
const version = 'v1,';

/**
 * One secret for each API key, derived from the installation's (HKDF, RFC 5869) and so kept nowhere: neither the log, which
 * is published, nor a topic, which others read, holds anything to sign with. Signatures are HMAC-SHA256 (RFC 2104).
 */
export const factSignatures = (
  secret: InstallationSecret,
): Pick<AccessControl, 'factSecret' | 'checkFactSignature'> => {
  const secretOf = (merchantId: MerchantId, keyId: string): string =>
    Buffer.from(hkdfSync('sha256', secret, 'trunkline/v1', `fact/${merchantId}/${keyId}`, secretLength)).toString(
      'base64url',
    );

  return {
    factSecret: secretOf,
    checkFactSignature: ({ merchantId, keyId, signature, signed }) => {
      const expected = createHmac('sha256', secretOf(merchantId, keyId)).update(signed).digest();
      const given = signature.startsWith(version)
        ? Buffer.from(signature.slice(version.length), 'base64')
        : expected.subarray(1);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
};
