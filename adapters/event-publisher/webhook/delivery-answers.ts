import type { Instant, Milliseconds } from '#domain/kernel/time.js';
import type { DeliveryAnswer } from '#domain/webhook/webhook.commands.js';
import type { DeliveryFault } from '#domain/webhook/webhook.events.js';

const gone = 410;
const pausing = new Set([429, 503]);

const faultOf = (status: number): DeliveryFault => {
  if (pausing.has(status)) return 'overloaded';
  if (status >= 500) return 'broken';
  return status >= 400 ? 'refused' : 'redirected';
};

/** Seconds, or a date of HTTP (RFC 9110 §10.2.3); anything else says nothing. */
const retryAfterIn = (header: string | undefined, now: Instant): Milliseconds | undefined => {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const at = /^[A-Z][a-z]{2}, /.test(header) ? new Date(header).getTime() : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
};

/** What the status line and `Retry-After` say. */
export const answerOfStatus = (status: number, retryAfter: string | undefined, now: Instant): DeliveryAnswer => {
  if (status >= 200 && status < 300) return { outcome: 'taken' };
  if (status === gone) return { outcome: 'gone' };
  const failure = { fault: faultOf(status), status };
  const wait = pausing.has(status) ? retryAfterIn(retryAfter, now) : undefined;
  return wait === undefined ? { outcome: 'failed', failure } : { outcome: 'failed', failure, retryAfter: wait };
};

const byCode: readonly (readonly [RegExp, DeliveryFault])[] = [
  [/^ADDRESS_NOT_ALLOWED$/, 'address-not-allowed'],
  [/TIMEOUT|ETIMEDOUT/, 'timed-out'],
  [/^HPE_|^HTTPParserError$|^UND_ERR_HEADERS_OVERFLOW$|^UND_ERR_RES/, 'not-http'],
  [/CERT|^ERR_TLS|^ERR_SSL|^EPROTO$|SIGNATURE/, 'untrusted'],
];

/** What a connection that failed says, in our words. */
export const faultOfError = (error: unknown): DeliveryFault => {
  if (!(error instanceof Error)) return 'unreachable';
  // The parser does not always give its errors a code.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return byCode.find(([pattern]) => pattern.test(code))?.[1] ?? 'unreachable';
};
