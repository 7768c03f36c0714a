import type { LeaseId } from '#domain/kernel/ids.js';
import type { AniIndex, IndexedLease, IndexedSession } from '#domain/policies/views.js';
import { leaseKey, type AniIndexView } from './ani-index.projection.js';
import { pseudoAniKey } from './open-sessions.js';

const leaseById = (view: AniIndexView, leaseId: LeaseId | undefined): IndexedLease | undefined => {
  const key = leaseId === undefined ? undefined : view.keyOfLease.get(leaseId);
  return key === undefined ? undefined : view.leases.get(key)?.find((lease) => lease.leaseId === leaseId);
};

/** The open sessions that are filed under a key, oldest first. */
export const openSessionsUnder = (view: AniIndexView, key: string): readonly IndexedSession[] =>
  [...(view.openSessions.sessions.get(key) ?? [])].flatMap((sessionId) => view.sessions.get(sessionId) ?? []);

/** Look-ups over the ANI index; none of them leaves the tenant it is asked for. */
export const aniIndexQueries = (view: AniIndexView): AniIndex => ({
  byAni: (merchantId, ani) => view.leases.get(leaseKey(merchantId, ani)) ?? [],
  byPilotNumber: (merchantId, number) =>
    [...view.gateways]
      .filter(([, gateway]) => gateway.pilotNumber === number)
      .flatMap(([gatewayId]) => [...(view.liveOfGateway.get(leaseKey(merchantId, gatewayId)) ?? [])].reverse())
      .flatMap((leaseId) => leaseById(view, leaseId) ?? []),
  byPseudoAni: (merchantId, digits) => openSessionsUnder(view, pseudoAniKey(merchantId, digits)),
  bySession: (sessionId) => view.sessions.get(sessionId),
  leaseOf: (callId) => leaseById(view, view.leaseOfCall.get(callId)),
});
