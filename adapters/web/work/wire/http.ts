import { learnServerClock } from '../../design/now.js';
import type { Problem } from '#domain/views/live-messages.js';

export type Asked<Value> = Readonly<{ ok: true; value: Value }> | Readonly<{ ok: false; problem: Problem }>;

const unreachable: Problem = {
  type: 'about:blank',
  title: 'The server cannot be reached',
  status: 0,
  detail: 'Check the network, then try again. Nothing was changed.',
  code: 'unreachable',
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** What the server said went wrong (RFC 9457); what a proxy in between said otherwise is put into the same shape. */
const problemOf = (status: number, body: unknown): Problem => {
  const told = isRecord(body) ? body : {};
  const detail = text(told['detail']);
  return {
    type: text(told['type']) ?? 'about:blank',
    title: text(told['title']) ?? `The server answered with status ${status}`,
    status,
    code: text(told['code']) ?? `status-${status}`,
    ...(detail !== undefined && { detail }),
  };
};

const bodyOf = async (response: Response): Promise<unknown> => {
  const written = await response.text();
  try {
    return written === '' ? undefined : (JSON.parse(written) as unknown);
  } catch {
    return undefined;
  }
};

type Request = Readonly<{ method?: 'GET' | 'POST'; body?: object; signal?: AbortSignal }>;

/**
 * Asks the server of this page. Never throws for what a network or a server does: that is an answer too. The shape of a
 * value is the server's promise, held by its schemas.
 */
export const ask = async <Value>(
  path: string,
  { method = 'GET', body, signal }: Request = {},
): Promise<Asked<Value>> => {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    cache: 'no-store',
    headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch(() => undefined);
  if (!response) return { ok: false, problem: unreachable };
  learnServerClock(response.headers.get('date'));
  const answered = await bodyOf(response).catch(() => undefined);
  if (!response.ok) return { ok: false, problem: problemOf(response.status, answered) };
  return { ok: true, value: answered as Value };
};
