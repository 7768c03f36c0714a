import type { AccessControl, StaffIdentity, TokenFailure } from '#domain/contracts/access-control.js';
import type { BackOffice } from '#domain/contracts/back-office.js';
import type { Clock } from '#domain/contracts/clock.js';

export type StaffSessions = Readonly<{
  access: Pick<AccessControl, 'verifyStaffToken'>;
  backOffice: Pick<BackOffice, 'signedOut'>;
  clock: Clock;
}>;

/** Why a sign-in that was good once is not good now, if so. */
export const endedBecause = (
  { sessionId, expiresAt }: Pick<StaffIdentity, 'sessionId' | 'expiresAt'>,
  { backOffice, clock }: Pick<StaffSessions, 'backOffice' | 'clock'>,
): TokenFailure | undefined => {
  if (expiresAt <= clock.now()) return 'expired-token';
  return backOffice.signedOut(sessionId) ? 'stale-token' : undefined;
};

/** Who a token lets in now. */
export const staffBehind = async (
  token: string | undefined,
  sessions: StaffSessions,
): Promise<Readonly<{ identity: StaffIdentity }> | Readonly<{ failure: TokenFailure }>> => {
  if (token === undefined) return { failure: 'no-token' };
  const verified = await sessions.access.verifyStaffToken(token);
  if (verified.outcome === 'invalid') return { failure: verified.reason };
  const failure = endedBecause(verified.claims, sessions);
  return failure ? { failure } : { identity: verified.claims };
};
