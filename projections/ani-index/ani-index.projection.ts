import type { LogEventOf } from '#domain/events.js';
import type { CallId, GatewayId, IconSessionId, LeaseId, MerchantId } from '#domain/kernel/ids.js';
import type { Instant } from '#domain/kernel/time.js';
import type { IndexedLease, IndexedSession } from '#domain/policies/views.js';
import type { Projection } from '../projection.js';
import {
  customerKey,
  fileUnder,
  iconKey,
  noOpenSessions,
  unfile,
  visitKey,
  type OpenSessions,
} from './open-sessions.js';
import { countUse, endUse, noTokenUses, type TokenUses } from './token-uses.js';

/** Leases longer out of quarantine than this are forgotten: no arrival can be that late. */
const forgetAfterMs = 600_000;
/** Closed sessions kept for look-ups that come just after the call. */
const closedSessionsKept = 1_000;

export type AniIndexView = {
  /** `merchant ani` → leases, newest first. */
  leases: Map<string, readonly IndexedLease[]>;
  /** Where in `leases` a lease is. */
  keyOfLease: Map<LeaseId, string>;
  leaseOfCall: Map<CallId, LeaseId>;
  dialled: Map<CallId, string>;
  gateways: Map<GatewayId, Readonly<{ pilotNumber: string; trunkGroup: string }>>;
  /** Live leases of each `merchant gateway`, oldest first. */
  liveOfGateway: Map<string, Set<LeaseId>>;
  sessions: Map<IconSessionId, IndexedSession>;
  openSessions: OpenSessions;
  sessionOfPseudoAni: Map<string, IconSessionId>;
  pseudoAniOf: Map<IconSessionId, string>;
  closed: IconSessionId[];
  tokenUses: TokenUses;
};

export const leaseKey = (merchantId: MerchantId, ani: string): string => `${merchantId} ${ani}`;

const replace = (view: AniIndexView, leaseId: LeaseId, change: Partial<IndexedLease>): void => {
  const key = view.keyOfLease.get(leaseId);
  if (key === undefined) return;
  const leases = view.leases.get(key) ?? [];
  view.leases.set(
    key,
    leases.map((lease) => (lease.leaseId === leaseId ? { ...lease, ...change } : lease)),
  );
};

const isForgotten = (lease: IndexedLease, now: Instant): boolean =>
  lease.quarantinedUntil !== undefined && lease.quarantinedUntil + forgetAfterMs < now;

const forget = (view: AniIndexView, leases: readonly IndexedLease[], now: Instant): readonly IndexedLease[] => {
  const kept = leases.filter((lease) => !isForgotten(lease, now));
  if (kept.length < leases.length) {
    for (const lease of leases.filter((each) => isForgotten(each, now))) {
      view.keyOfLease.delete(lease.leaseId);
      if (view.leaseOfCall.get(lease.callId) === lease.leaseId) view.leaseOfCall.delete(lease.callId);
    }
  }
  return kept;
};

const addLease = (view: AniIndexView, { stream, data, meta }: LogEventOf<'PortLeased'>): void => {
  const gatewayId = stream as GatewayId;
  const key = leaseKey(data.merchantId, data.ani);
  const dialled = view.dialled.get(data.callId);
  const lease: IndexedLease = {
    ...data,
    gatewayId,
    trunkGroup: view.gateways.get(gatewayId)?.trunkGroup ?? '',
    leasedAt: meta.occurredAt,
    ...(dialled === undefined ? {} : { dialled }),
  };
  view.leases.set(key, [lease, ...forget(view, view.leases.get(key) ?? [], meta.occurredAt)]);
  view.keyOfLease.set(data.leaseId, key);
  view.leaseOfCall.set(data.callId, data.leaseId);
  view.dialled.delete(data.callId);
  const onGateway = leaseKey(data.merchantId, gatewayId);
  const live = view.liveOfGateway.get(onGateway);
  if (live) live.add(data.leaseId);
  else view.liveOfGateway.set(onGateway, new Set([data.leaseId]));
};

const releaseLease = (view: AniIndexView, { stream, data, meta }: LogEventOf<'PortReleased'>): void => {
  replace(view, data.leaseId, { releasedAt: meta.occurredAt });
  const onGateway = leaseKey(data.merchantId, stream);
  const live = view.liveOfGateway.get(onGateway);
  live?.delete(data.leaseId);
  if (live?.size === 0) view.liveOfGateway.delete(onGateway);
};

const addSession = (view: AniIndexView, { stream, data, meta }: LogEventOf<'IconClicked'>): void => {
  const sessionId = stream as IconSessionId;
  view.sessions.set(sessionId, {
    sessionId,
    contactId: data.contactId,
    merchantId: meta.merchantId,
    ...(data.linkId === undefined ? {} : { linkId: data.linkId }),
    origin: data.origin,
    page: data.page,
    clickedPage: data.page.url,
    clickedAt: meta.occurredAt,
    open: true,
  });
  if (data.linkId !== undefined) fileUnder(view.openSessions, sessionId, iconKey(data.linkId));
  if (data.merchantSessionId !== undefined) {
    fileUnder(view.openSessions, sessionId, visitKey(meta.merchantId, data.merchantSessionId));
  }
  const pseudoAni = leaseKey(meta.merchantId, data.pseudoAni);
  view.sessionOfPseudoAni.set(pseudoAni, sessionId);
  view.pseudoAniOf.set(sessionId, pseudoAni);
  if (data.tokenId !== undefined) countUse(view.tokenUses, data.tokenId, sessionId);
};

const identify = (view: AniIndexView, { stream, data, meta }: LogEventOf<'CustomerIdentified'>): void => {
  const session = view.sessions.get(stream as IconSessionId);
  if (!session) return;
  const { customerRef: ref, by } = data;
  view.sessions.set(session.sessionId, { ...session, customer: { ref, by } });
  if (session.open) fileUnder(view.openSessions, session.sessionId, customerKey(meta.merchantId, ref));
};

const changeSession = (view: AniIndexView, stream: string, change: Partial<IndexedSession>): void => {
  const session = view.sessions.get(stream as IconSessionId);
  if (session) view.sessions.set(session.sessionId, { ...session, ...change });
};

const closeSession = (view: AniIndexView, sessionId: IconSessionId): void => {
  changeSession(view, sessionId, { open: false });
  unfile(view.openSessions, sessionId);
  const pseudoAni = view.pseudoAniOf.get(sessionId);
  view.pseudoAniOf.delete(sessionId);
  if (pseudoAni !== undefined) view.sessionOfPseudoAni.delete(pseudoAni);
  endUse(view.tokenUses, sessionId);
  view.closed.push(sessionId);
  if (view.closed.length > closedSessionsKept) view.sessions.delete(view.closed.shift() as IconSessionId);
};

/** Line number → lease → click, for as long as a port's number can mean that click; the seeds' "database" (S1 [75-78]). */
export const aniIndex = {
  name: 'ani-index',
  version: 1,
  empty: (): AniIndexView => ({
    leases: new Map(),
    keyOfLease: new Map(),
    leaseOfCall: new Map(),
    dialled: new Map(),
    gateways: new Map(),
    liveOfGateway: new Map(),
    sessions: new Map(),
    openSessions: noOpenSessions(),
    sessionOfPseudoAni: new Map(),
    pseudoAniOf: new Map(),
    closed: [],
    tokenUses: noTokenUses(),
  }),
  on: {
    GatewayDefined: (view, { stream, data: { pilotNumber, trunkGroup } }) =>
      void view.gateways.set(stream as GatewayId, { pilotNumber, trunkGroup }),
    IconClicked: addSession,
    PageViewed: (view, { stream, data: { page } }) => {
      // Pages from before the click are told after it.
      const now = view.sessions.get(stream as IconSessionId)?.page;
      if (now && page.at >= now.at) changeSession(view, stream, { page });
    },
    CustomerIdentified: identify,
    CallRequested: (view, { stream, data: { sessionId } }) => {
      changeSession(view, sessionId, { callId: stream as CallId });
    },
    DestinationSelected: (view, { stream, data: { number } }) => void view.dialled.set(stream as CallId, number),
    CallFailed: (view, { stream }) => void view.dialled.delete(stream as CallId),
    CallCleared: (view, { stream }) => void view.dialled.delete(stream as CallId),
    PortLeased: addLease,
    PortReleased: releaseLease,
    PortQuarantined: (view, { data: { leaseId, until } }) => {
      replace(view, leaseId, { quarantinedUntil: until });
    },
    CorrelationDecided: (view, { stream, data: { verdict, candidates } }) => {
      const leaseId = candidates[0]?.leaseId;
      if (leaseId !== undefined && (verdict === 'certain' || verdict === 'probable')) {
        replace(view, leaseId, { claimedBy: stream as CallId });
      }
    },
    SessionClosed: (view, { stream }) => {
      closeSession(view, stream as IconSessionId);
    },
  },
} satisfies Projection<
  AniIndexView,
  | 'GatewayDefined'
  | 'IconClicked'
  | 'PageViewed'
  | 'CustomerIdentified'
  | 'CallRequested'
  | 'DestinationSelected'
  | 'CallFailed'
  | 'CallCleared'
  | 'PortLeased'
  | 'PortReleased'
  | 'PortQuarantined'
  | 'CorrelationDecided'
  | 'SessionClosed'
>;
