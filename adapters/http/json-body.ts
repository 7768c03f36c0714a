import express, { type RequestHandler } from 'express';
import { problemOf } from '../wire/problems.js';
import { sendProblem } from './send.js';

/** In bytes. */
const longestBody = 64 * 1024;

/** Reads text only: what it says is parsed below, so that a repeated or forbidden key is seen before it has an effect. */
const readText = express.text({
  type: 'application/json',
  limit: longestBody,
  inflate: false,
  defaultCharset: 'utf-8',
});

const parseText: RequestHandler = (request, response, next) => {
  if (request.is('application/json') !== 'application/json') {
    sendProblem(response, problemOf('unsupported-media-type'), { accept: 'application/json' });
    return;
  }
  try {
    request.body = JSON.parse(typeof request.body === 'string' ? request.body : '') as unknown;
  } catch {
    sendProblem(response, problemOf('malformed-json'));
    return;
  }
  next();
};

/** For routes with a body: JSON of at most 64 kB, uncompressed. */
export const jsonBody: readonly RequestHandler[] = [readText, parseText];
