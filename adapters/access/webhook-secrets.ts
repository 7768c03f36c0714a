import { hkdfSync } from 'node:crypto';
import type { WebhookSecrets } from '#domain/contracts/webhook-sender.js';
import type { InstallationSecret } from './installation-secret.js';

const secretLength = 32;

/**
 * Each signing secret is derived from the installation's (HKDF, RFC 5869) by webhook and secret id, so it is kept nowhere:
 * who has the log alone can sign nothing, and a new id is a new secret.
 */
export const webhookSecrets = (secret: InstallationSecret): WebhookSecrets => ({
  secretOf: (webhookId, secretId) => {
    const key = hkdfSync('sha256', secret, 'trunkline/v1', `webhook/${webhookId}/${secretId}`, secretLength);
    return `whsec_${Buffer.from(key).toString('base64')}`;
  },
});
