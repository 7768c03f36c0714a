import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit, type Options } from 'express-rate-limit';
import { isMerchantId, platform, type MerchantId } from '#domain/kernel/ids.js';
import { problemOf } from '../wire/problems.js';
import { reportRateLimited } from '../wire/report-rate-limited.js';
import type { HttpDependencies } from './dependencies.js';
import { clientAddress } from './requests.js';
import { missLimit } from './miss-limit.js';
import type { LimitName } from './route.js';
import { sendProblem } from './send.js';

const minute = 60_000;

/** The login that is tried, if there is one: the body is anything yet. */
const loginTried = (body: unknown): string => {
  const login = typeof body === 'object' && body !== null && 'login' in body ? body.login : undefined;
  return typeof login === 'string' ? login.slice(0, 200).toLowerCase() : '';
};

/** Limits by name; those of an address come before the body is read, those of a login after it. */
export const rateLimits = (dependencies: HttpDependencies) => {
  const { backOffice, settings } = dependencies;
  const from = (request: Request): string => clientAddress(request, settings);
  const byAddress = (request: Request): string => ipKeyGenerator(from(request));

  const merchantNamed = (name: string): MerchantId =>
    isMerchantId(name) && backOffice.merchant(name) ? name : platform;

  const limit = (
    identifier: string,
    options: Pick<Partial<Options>, 'limit' | 'keyGenerator' | 'skipSuccessfulRequests'>,
    concerned: (request: Request) => MerchantId = () => platform,
  ): RequestHandler =>
    rateLimit({
      ...options,
      identifier,
      windowMs: minute,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      // What the library would check, whether proxies are trusted rightly, is decided by `clientAddress`.
      validate: false,
      handler: (request, response, _next, { limit: most }) => {
        const used = (request as Request & { rateLimit?: { used: number } }).rateLimit?.used;
        if (used === Number(most) + 1) {
          reportRateLimited(dependencies, concerned(request), { what: identifier, from: from(request) });
        }
        sendProblem(response, problemOf('rate-limited'));
      },
    });

  const { limits } = settings;
  const beforeBody: Readonly<Record<LimitName, RequestHandler>> = {
    'sign-in': limit('sign-in', { limit: limits.signInsPerAddress, keyGenerator: byAddress }),
    click: limit('click', { limit: limits.clicksPerAddress, keyGenerator: byAddress }),
    'look-up': missLimit({
      most: limits.missedLookUpsPerAddress,
      keyOf: byAddress,
      clock: dependencies.clock,
      onFlood: (request) => {
        reportRateLimited(dependencies, platform, { what: 'look-up', from: from(request) });
      },
    }),
  };
  const afterBody: Readonly<Partial<Record<LimitName, RequestHandler>>> = {
    'sign-in': limit(
      'sign-in of one login',
      {
        limit: limits.failedSignInsPerLogin,
        keyGenerator: ({ body }: Request) => loginTried(body),
        skipSuccessfulRequests: true,
      },
      ({ body }) => merchantNamed(loginTried(body).split('@').at(-1) ?? ''),
    ),
  };
  return { beforeBody, afterBody };
};
