import type { LeaseId } from '#domain/kernel/ids.js';
import type { AniIndex, IndexedLease } from '#domain/policies/views.js';
import { leaseKey, type AniIndexView, type TokenUse } from './ani-index.projection.js';

const leaseById = (view: AniIndexView, leaseId: LeaseId | undefined): IndexedLease | undefined => {
  const key = leaseId === undefined ? undefined : view.keyOfLease.get(leaseId);
  return key === undefined ? undefined : view.leases.get(key)?.find((lease) => lease.leaseId === leaseId);
};

/** Look-ups over the ANI index; none of them leaves the tenant it is asked for. */
export const aniIndexQueries = (view: AniIndexView): AniIndex => ({
  byAni: (merchantId, ani) => view.leases.get(leaseKey(merchantId, ani)) ?? [],
  byPilotNumber: (merchantId, number) =>
    [...view.gateways]
      .filter(([, gateway]) => gateway.pilotNumber === number)
      .flatMap(([gatewayId]) => [...(view.liveOfGateway.get(leaseKey(merchantId, gatewayId)) ?? [])].reverse())
      .flatMap((leaseId) => leaseById(view, leaseId) ?? []),
  byPseudoAni: (merchantId, digits) => {
    const sessionId = view.sessionOfPseudoAni.get(leaseKey(merchantId, digits));
    return sessionId === undefined ? undefined : view.sessions.get(sessionId);
  },
  bySession: (sessionId) => view.sessions.get(sessionId),
  leaseOf: (callId) => leaseById(view, view.leaseOfCall.get(callId)),
});

/** How often a signed icon token has been used, and in how many sessions it is now. */
export const tokenUse = (view: AniIndexView, tokenId: string): TokenUse =>
  view.tokens.get(tokenId) ?? { uses: 0, live: 0 };
