import { createHash } from 'node:crypto';
import type { AccessControl } from '#domain/contracts/access-control.js';
import type { UniqueIds } from '#domain/contracts/unique-ids.js';
import { isMerchantId } from '#domain/kernel/ids.js';

/** `trunkline_<merchant>.<key id>.<256 random bits>`: whose it is can be read, and a leaked one can be recognised. */
const keyPattern = /^trunkline_([a-z0-9-]{1,32})\.([0-9A-Z]{26})\.[A-Za-z0-9_-]{43}$/;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Nothing of a key but its hash is kept; 256 random bits need no salt and no slow hash. */
export const apiKeys = ({ ids }: Readonly<{ ids: UniqueIds }>): Pick<AccessControl, 'makeApiKey' | 'readApiKey'> => ({
  makeApiKey: (merchantId) => {
    const keyId = ids.next();
    const key = `trunkline_${merchantId}.${keyId}.${ids.secret()}`;
    return { key, keyId, sha256: sha256(key) };
  },

  readApiKey: (key) => {
    const [, merchant, keyId] = keyPattern.exec(key) ?? [];
    if (merchant === undefined || keyId === undefined || !isMerchantId(merchant)) return undefined;
    return { merchantId: merchant, keyId, sha256: sha256(key) };
  },
});
