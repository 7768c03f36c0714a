import type { CommandOutcome } from '#domain/contracts/command-bus.js';
import type { Acknowledgement, Problem } from '#domain/views/live-messages.js';
import { problemOfOutcome } from '../wire/problems.js';

/** socket.io hands over whatever the client sent as last argument: only a function is a wish for an answer. */
export type Answer = (answer: unknown) => void;

export const isAnswer = (given: unknown): given is Answer => typeof given === 'function';

export const refusal = (problem: Problem): Acknowledgement => ({ ok: false, problem });

export const acknowledgementOf = (outcome: CommandOutcome): Acknowledgement =>
  outcome.outcome === 'accepted'
    ? { ok: true, position: outcome.position }
    : { ok: false, problem: problemOfOutcome(outcome) };

/** What socket.io tells a client whose connection to a namespace is refused: `connect_error` with the problem as `data`. */
export class ConnectionRefused extends Error {
  readonly data: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.data = problem;
  }
}
