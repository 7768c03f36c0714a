import type { CommandOutcome } from '#domain/contracts/command-bus.js';
import type { Problem } from '#domain/views/live-messages.js';
import { problemOf, problemOfOutcome, type ProblemCode } from '../wire/problems.js';

/** What a route answers; how it gets on the wire is Express's business. */
export type Reply = Readonly<{
  status: number;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  text?: Readonly<{ type: string; content: string }>;
}>;

export type Refused = Readonly<{ problem: Problem; headers?: Readonly<Record<string, string>> }>;

export const reply = (status: number, body?: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers,
  ...(body !== undefined && { body }),
});

export const refused = (code: ProblemCode, detail?: string): Refused => ({ problem: problemOf(code, detail) });

/** What comes of a command: its place in the log, or why not. */
export const replyTo = (outcome: CommandOutcome, status = 200, more: object = {}): Reply | Refused =>
  outcome.outcome === 'accepted'
    ? reply(status, { ...more, position: outcome.position })
    : { problem: problemOfOutcome(outcome) };
