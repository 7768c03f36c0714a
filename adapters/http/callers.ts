import { timingSafeEqual } from 'node:crypto';
import type { AccessRefusal } from '#domain/access/access.events.js';
import type { StaffIdentity } from '#domain/contracts/access-control.js';
import { isMerchantId, platform, type MerchantId } from '#domain/kernel/ids.js';
import type { ProblemCode } from '../wire/problems.js';
import { cameFromOwnPage, type RequestSource } from '../wire/own-origin.js';
import { readCookie, staffCookieName } from '../wire/staff-cookie.js';
import { staffBehind } from '../wire/staff-session.js';
import type { HttpDependencies } from './dependencies.js';
import { refused, type Refused } from './reply.js';
import type { Access, MerchantCaller } from './route.js';

/** What of a request says who asks. */
export type Credentials = Readonly<{
  source: RequestSource;
  authorization: string | undefined;
  cookie: string | undefined;
  /** What was tried, for the access log: method and path as the route table has them. */
  what: string;
  from: string;
}>;

type Entered<Caller> = Readonly<{ who: Caller }> | Refused;

const bearer = (authorization: string | undefined): string | undefined =>
  /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];

const challenge = { 'www-authenticate': 'Bearer' };

const sameText = (one: string, other: string): boolean => {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
};

/** No key's hash: compared with when there is no such key, so that this takes no less time. */
const noHash = '0'.repeat(64);

/** Finds out who asks, and tells the access log whom it turned away. */
export const callers = ({ access, backOffice, clock, settings }: HttpDependencies) => {
  const turnAway = (
    why: AccessRefusal,
    asked: Credentials,
    concerned?: MerchantId,
    answer: ProblemCode = why,
  ): Refused => {
    const merchantId = concerned && backOffice.merchant(concerned) ? concerned : platform;
    backOffice.recordRefusal(merchantId, { why, what: asked.what, from: asked.from });
    const refusal = refused(answer);
    return refusal.problem.status === 401 ? { ...refusal, headers: challenge } : refusal;
  };

  const staff = async (asked: Credentials): Promise<Entered<StaffIdentity>> => {
    const token = bearer(asked.authorization);
    const cookie = token === undefined ? readCookie(asked.cookie, staffCookieName(settings.https)) : undefined;
    if (cookie !== undefined && !cameFromOwnPage(asked.source, settings.ownOrigins)) {
      return turnAway('foreign-origin', asked, undefined, 'cross-site-request');
    }
    const found = await staffBehind(token ?? cookie, { access, backOffice, clock });
    return 'identity' in found ? { who: found.identity } : turnAway(found.failure, asked);
  };

  const keyHolder = (key: string): MerchantCaller | 'forged' | 'no-key' => {
    const read = access.readApiKey(key);
    if (!read) return 'no-key';
    const kept = backOffice.merchant(read.merchantId)?.apiKeys.get(read.keyId);
    return sameText(read.sha256, kept?.sha256 ?? noHash)
      ? { merchantId: read.merchantId, actor: `merchant:${read.merchantId}` }
      : 'forged';
  };

  const merchant = async (
    asked: Credentials,
    named: unknown,
    roles: readonly string[],
  ): Promise<Entered<MerchantCaller>> => {
    const holder = keyHolder(bearer(asked.authorization) ?? '');
    if (holder === 'forged') return turnAway('forged-token', asked);
    if (holder !== 'no-key') return within(holder, asked, named);
    const found = await staff(asked);
    return 'who' in found ? staffWithin(found.who, asked, named, roles) : found;
  };

  /** What counts are the rights of now, not those of the sign-in. */
  const staffWithin = (
    { merchantId, agentId }: StaffIdentity,
    asked: Credentials,
    named: unknown,
    roles: readonly string[],
  ): Entered<MerchantCaller> => {
    const entered = within({ merchantId, actor: `agent:${agentId}` }, asked, named);
    const now = backOffice.agents(merchantId).find((agent) => agent.agentId === agentId)?.roles ?? [];
    const allowed = 'problem' in entered || now.some((role) => roles.includes(role));
    return allowed ? entered : turnAway('not-allowed', asked, merchantId);
  };

  /** Another merchant's path answers like one that is not there, whoever that merchant may be. */
  const within = (who: MerchantCaller, asked: Credentials, named: unknown): Entered<MerchantCaller> =>
    typeof named === 'string' && isMerchantId(named) && named === who.merchantId
      ? { who }
      : turnAway('another-merchants-call', asked, who.merchantId, 'not-found');

  return {
    /** @param named the merchant in the path, where the route has one */
    callerOf: async (
      rule: Access,
      asked: Credentials,
      named: unknown,
    ): Promise<Entered<StaffIdentity | MerchantCaller | undefined>> => {
      switch (rule.kind) {
        case 'public':
          return { who: undefined };
        case 'staff':
          return staff(asked);
        case 'merchant':
          return merchant(asked, named, rule.roles);
      }
    },
  };
};

export type Callers = ReturnType<typeof callers>;
