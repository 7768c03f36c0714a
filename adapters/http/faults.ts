import type { ErrorRequestHandler, RequestHandler } from 'express';
import { problemOf, type ProblemCode } from '../wire/problems.js';
import type { Log } from '../wire/log.js';
import { sendProblem } from './send.js';

export const nothingThere: RequestHandler = (_request, response) => {
  sendProblem(response, problemOf('not-found'));
};

const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;

const byStatus: ReadonlyMap<number, ProblemCode> = new Map([
  [400, 'invalid-request'],
  [413, 'body-too-large'],
  [415, 'unsupported-media-type'],
]);

/** What Express and its body parser throw, in our words. */
const codeOf = (error: unknown): ProblemCode => {
  if (error instanceof URIError) return 'malformed-address';
  return byStatus.get(statusOf(error) ?? 500) ?? 'internal-error';
};

/** The last handler: what was thrown becomes an answer, and what is our own fault goes to the log. */
export const faults =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    const code = codeOf(error);
    if (code === 'internal-error') log.error({ error, method: request.method }, 'a request could not be answered');
    if (response.headersSent) next(error);
    else sendProblem(response, problemOf(code));
  };
