import { createHmac } from 'node:crypto';
import type { Instant } from '#domain/kernel/time.js';

export type SignedMessage = Readonly<{ id: string; at: Instant; body: string; secrets: readonly string[] }>;

/** What Standard Webhooks names as the key: the base64 behind the prefix. */
const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');

/**
 * The three headers of Standard Webhooks 1.0: id and time of the attempt in seconds, and for each secret a signature
 * `v1,<base64 of HMAC SHA-256 over id.timestamp.body>`, separated by blanks.
 */
export const standardWebhookHeaders = ({ id, at, body, secrets }: SignedMessage): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(at / 1_000));
  const signed = `${id}.${timestamp}.${body}`;
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', keyOf(secret)).update(signed, 'utf8').digest('base64')}`,
  );
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
};
