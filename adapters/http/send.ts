import type { Response } from 'express';
import type { Problem } from '#domain/views/live-messages.js';
import type { Refused, Reply } from './reply.js';

export const sendProblem = (
  response: Response,
  problem: Problem,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.status(problem.status).set(headers).type('application/problem+json').send(JSON.stringify(problem));
};

export const send = (response: Response, answer: Reply | Refused): void => {
  if ('problem' in answer) {
    sendProblem(response, answer.problem, answer.headers);
    return;
  }
  response.status(answer.status).set(answer.headers ?? {});
  if (answer.text) response.type(answer.text.type).send(answer.text.content);
  else if (answer.body === undefined) response.end();
  else response.json(answer.body);
};
