import { tenantOf } from '#domain/kernel/ids.js';
import { isSubject } from '#domain/privacy/subject.js';
import type { ErasureTarget, ErasureView } from '#domain/contracts/erasures.js';
import type { Problem } from '#domain/views/live-messages.js';
import { keyOfDemo } from './key-of-demo.js';

export type EraseOptions = Readonly<{
  /** Where Trunkline runs. */
  server?: string | undefined;
  merchant?: string | undefined;
  apiKey?: string | undefined;
  /** Data folder of a demo on this machine, which knows its own key. */
  data: string;
}>;

type Terminal = Readonly<{ print: (line: string) => void; complain: (line: string) => void }>;

const ordinary = { server: 'http://127.0.0.1:8080', merchant: 'palm-pier' };
const notPossible = 1;
const notUnderstood = 2;
/** Longer than the server waits before it says that the erasure goes on. */
const patienceMs = 30_000;

const describe = ({ receipts, subjects, erasureId, completed }: ErasureView): readonly string[] => [
  ...receipts.map(
    ({ subject, position, destroyedAt }) =>
      `${subject}: key destroyed at ${new Date(destroyedAt).toISOString()}, receipt at position ${position}`,
  ),
  completed
    ? `${subjects.length} erased. The receipts are events of ${erasureId}.`
    : `${receipts.length} of ${subjects.length} keys destroyed so far; the erasure ${erasureId} goes on by itself.`,
];

const explain = (text: string, status: number): string => {
  try {
    const { title, detail = '' } = JSON.parse(text) as Problem;
    return `${title} ${detail}`.trimEnd();
  } catch {
    // Something else answers there than Trunkline.
    return `the server answered with status ${status}`;
  }
};

type Asked = Readonly<{ whom: string; target: ErasureTarget; merchant: string; server: string; apiKey: string }>;

/** The erasure, or why there is none. */
const request = async ({ whom, target, merchant, server, apiKey }: Asked): Promise<ErasureView | string> => {
  const response = await fetch(`${server}/v1/merchants/${encodeURIComponent(merchant)}/erasures`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(target),
    signal: AbortSignal.timeout(patienceMs),
  }).catch(() => undefined);
  if (!response) return `${server} cannot be reached. Is it running, and there? See --server.`;
  const text = await response.text();
  return response.ok ? (JSON.parse(text) as ErasureView) : `${whom}: ${explain(text, response.status)}`;
};

const askedFor = async (whom: string, options: EraseOptions): Promise<Asked | undefined> => {
  const target: ErasureTarget = isSubject(whom) ? { subject: whom } : { customerRef: whom };
  const merchant = options.merchant ?? ('subject' in target ? tenantOf(target.subject) : ordinary.merchant);
  const apiKey = options.apiKey ?? (await keyOfDemo(options.data, merchant));
  return apiKey === undefined
    ? undefined
    : { whom, target, merchant, apiKey, server: options.server ?? ordinary.server };
};

/** Asks the running product to erase somebody, and shows the receipts; answers the exit code. */
export const erase = async (
  whom: string | undefined,
  options: EraseOptions,
  { print, complain }: Terminal,
): Promise<number> => {
  if (whom === undefined || whom === '') {
    complain(
      'Whom? A contact, an agent, or what the merchant calls a customer: trunkline erase C-1042 --merchant acme',
    );
    return notUnderstood;
  }
  const asked = await askedFor(whom, options);
  if (!asked) {
    complain('Which API key? Give --api-key, or with --data the folder of a demo that runs on this machine.');
    return notUnderstood;
  }
  const answer = await request(asked);
  if (typeof answer === 'string') {
    complain(answer);
    return notPossible;
  }
  for (const line of describe(answer)) print(line);
  return 0;
};
