import type { WebhookView } from '#domain/contracts/webhook-desk.js';
import { uniqueOf } from '#domain/kernel/ids.js';
import type { DeliveryFailure } from '#domain/webhook/webhook.events.js';
import type { DeadLetter } from '#domain/webhook/webhook.state.js';
import type { Problem } from '#domain/views/live-messages.js';
import { keyOfDemo } from './key-of-demo.js';

type Terminal = Readonly<{ print: (line: string) => void; complain: (line: string) => void }>;

export type WebhookOptions = Readonly<{
  /** Where Trunkline runs. */
  server?: string | undefined;
  merchant?: string | undefined;
  apiKey?: string | undefined;
  /** Data folder of a demo on this machine, which knows its own key. */
  data: string;
}>;

const notDoneCode = 1;
const notUnderstoodCode = 2;
const help = 'Say trunkline webhooks, webhooks dead-letters <webhook>, or webhooks resend <webhook> [<position> …]';

const when = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
const why = ({ fault, status }: DeliveryFailure): string => (status === undefined ? fault : `${fault} (${status})`);

/** One line each: its name, how it is, what is owed, where to. */
export const webhookLine = (webhook: WebhookView): string => {
  const { webhookId, state, url, retrying, deadLetters, failingSince, lastFailure, pausedUntil } = webhook;
  const parts = [
    uniqueOf(webhookId),
    state,
    ...(failingSince === undefined ? [] : [`since ${when(failingSince)}`]),
    ...(lastFailure === undefined ? [] : [why(lastFailure)]),
    ...(pausedUntil === undefined ? [] : [`left alone until ${when(pausedUntil)}`]),
    `${retrying} to be tried again`,
    `${deadLetters} dead letters`,
    url,
  ];
  return parts.join('  ');
};

export const deadLetterLine = (letter: DeadLetter): string => {
  const { position, eventType, eventId, attempts, failure, abandonedAt } = letter;
  return `${position}  ${eventType}  ${eventId}  ${attempts} attempts until ${when(abandonedAt)}  ${why(failure)}`;
};

type Ask = (path: string, body?: object) => Promise<Readonly<{ ok: true; json: unknown } | { ok: false; why: string }>>;

const asking =
  (server: string, merchant: string, key: string): Ask =>
  async (path, body) => {
    const sent = body && {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    try {
      const address = new URL(`/v1/merchants/${encodeURIComponent(merchant)}/webhooks${path}`, server);
      const response = await fetch(address, sent ?? { headers: { authorization: `Bearer ${key}` } });
      const json: unknown = await response.json();
      return response.ok ? { ok: true, json } : { ok: false, why: (json as Problem).title };
    } catch {
      return { ok: false, why: `No Trunkline answers at ${server}. Is it running, and there? See --server.` };
    }
  };

/** Answers the exit code. */
const told = (
  answer: Awaited<ReturnType<Ask>>,
  { print, complain }: Terminal,
  lines: (json: never) => readonly string[],
): number => {
  if (!answer.ok) {
    complain(answer.why);
    return notDoneCode;
  }
  for (const line of lines(answer.json as never)) print(line);
  return 0;
};

const orNone = (lines: readonly string[], none: string): readonly string[] => (lines.length > 0 ? lines : [none]);

const listed = ({ webhooks }: { webhooks: readonly WebhookView[] }): readonly string[] =>
  orNone(webhooks.map(webhookLine), 'This merchant has no webhooks.');

const letters = ({ deadLetters }: { deadLetters: readonly DeadLetter[] }): readonly string[] =>
  orNone(deadLetters.map(deadLetterLine), 'There are no dead letters.');

/** What the words ask for: `GET` or `POST` under the path of the merchant's webhooks; nothing when they make no sense. */
const requestIn = (words: readonly string[]): readonly [path: string, body?: object] | undefined => {
  const [action = 'list', webhook, ...numbers] = words;
  if (action === 'list') return webhook === undefined ? [''] : undefined;
  if (webhook === undefined) return undefined;
  const path = `/${encodeURIComponent(webhook)}/dead-letters`;
  if (action === 'dead-letters') return numbers.length === 0 ? [path] : undefined;
  const positions = numbers.map(Number);
  if (action !== 'resend' || !positions.every((position) => Number.isSafeInteger(position) && position > 0)) {
    return undefined;
  }
  return [`${path}/resend`, positions.length === 0 ? {} : { positions }];
};

const linesOf = (action: string | undefined): ((json: never) => readonly string[]) => {
  if (action === 'resend') return () => ['They are being sent again.'];
  return action === 'dead-letters' ? letters : listed;
};

/**
 * Shows a merchant's webhooks or the dead letters of one, or sends those again, through a running server; answers the
 * exit code.
 */
export const webhooks = async (
  words: readonly string[],
  options: WebhookOptions,
  terminal: Terminal,
): Promise<number> => {
  const request = requestIn(words);
  if (!request) {
    terminal.complain(help);
    return notUnderstoodCode;
  }
  const { server = 'http://127.0.0.1:8080', merchant = 'palm-pier' } = options;
  const key = options.apiKey ?? (await keyOfDemo(options.data, merchant));
  if (key === undefined) {
    terminal.complain('Which API key? Give --api-key, or with --data the folder of a demo that runs on this machine.');
    return notUnderstoodCode;
  }
  const ask = asking(server, merchant, key);
  return told(await ask(...request), terminal, linesOf(words[0]));
};
