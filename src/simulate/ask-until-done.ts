import type { AgentRequest } from '#domain/contracts/agent-desk.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { DeskLine } from './desk-line.js';

/** Reports take their time: what the switch has done is a little later what the call may be asked for. */
const notYet: readonly string[] = [
  'call-is-not-connected',
  'call-is-not-held',
  'already-transferring',
  'not-working-after-call',
  'rate-limited',
  'log-unavailable',
  'no-answer',
];
/** Milliseconds. */
export const tryAgainAfter = 300;
export const triesInAll = 20;

export type Asking = Readonly<{
  line: DeskLine | undefined;
  clock: Clock;
  /** Whether it is still worth asking. */
  goOn: () => boolean;
}>;

/** `given-up`: it was no longer worth asking, or there was nobody to ask. */
export type AskingEnded = 'done' | 'given-up' | Readonly<{ refusedFor: string }>;

/** Asks until it is done, or will never be. */
export const askUntilDone = async ({ line, clock, goOn }: Asking, request: AgentRequest): Promise<AskingEnded> => {
  for (let tries = triesInAll; ; tries -= 1) {
    const answer = await line?.ask(request);
    if (answer?.ok) return 'done';
    if (!answer || !goOn()) return 'given-up';
    if (tries === 1 || !notYet.includes(answer.code)) return { refusedFor: answer.code };
    await new Promise<void>((resolve) => clock.schedule(tryAgainAfter, resolve));
  }
};
