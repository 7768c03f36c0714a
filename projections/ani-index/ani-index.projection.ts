import type { LogEventOf } from '#domain/events.js';
import type { CallId, GatewayId, IconSessionId, LeaseId, MerchantId } from '#domain/kernel/ids.js';
import { instant, type Instant } from '#domain/kernel/time.js';
import type { IndexedLease, IndexedSession } from '#domain/policies/views.js';
import { ends, takeForgotten, type LatelyOver } from '../lately-over.js';
import type { Projection } from '../projection.js';
import { eraseSession } from './erase-session.js';
import { doubtIf, stepClock, type TimesInDoubt } from './clock-steps.js';
import {
  customerKey,
  fileUnder,
  iconKey,
  noOpenSessions,
  pseudoAniKey,
  unfile,
  visitKey,
  type OpenSessions,
} from './open-sessions.js';
import { countUse, endUse, noTokenUses, type TokenUses } from './token-uses.js';

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
  /** Closed sessions, kept for arrivals and look-ups that come just after the call. */
  closed: LatelyOver<IconSessionId>;
  /** Released leases, by the end of their quarantine. */
  resting: LatelyOver<LeaseId>;
  tokenUses: TokenUses;
} & TimesInDoubt;

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

const forgetLease = (view: AniIndexView, leaseId: LeaseId): void => {
  const key = view.keyOfLease.get(leaseId) ?? '';
  const leases = view.leases.get(key) ?? [];
  const callId = leases.find((lease) => lease.leaseId === leaseId)?.callId;
  if (callId !== undefined && view.leaseOfCall.get(callId) === leaseId) view.leaseOfCall.delete(callId);
  view.keyOfLease.delete(leaseId);
  const others = leases.filter((lease) => lease.leaseId !== leaseId);
  if (others.length === 0) view.leases.delete(key);
  else view.leases.set(key, others);
};

/** Leases out of quarantine for longer than anything is remembered are forgotten: no arrival can be that late. */
const quarantine = (view: AniIndexView, { data, recordedAt }: LogEventOf<'PortQuarantined'>): void => {
  replace(view, data.leaseId, { quarantinedUntil: data.until });
  ends(view.resting, data.leaseId, data.until);
  for (const leaseId of takeForgotten(view.resting, recordedAt, Infinity)) forgetLease(view, leaseId);
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
    ...doubtIf(meta.occurredAt <= view.timesInDoubtUpTo),
  };
  view.leases.set(key, [lease, ...(view.leases.get(key) ?? [])]);
  view.keyOfLease.set(data.leaseId, key);
  view.leaseOfCall.set(data.callId, data.leaseId);
  view.dialled.delete(data.callId);
  const onGateway = leaseKey(data.merchantId, gatewayId);
  const live = view.liveOfGateway.get(onGateway);
  if (live) live.add(data.leaseId);
  else view.liveOfGateway.set(onGateway, new Set([data.leaseId]));
};

const releaseLease = (view: AniIndexView, { stream, data, meta }: LogEventOf<'PortReleased'>): void => {
  const releasedAt = meta.occurredAt;
  replace(view, data.leaseId, { releasedAt, ...doubtIf(releasedAt <= view.timesInDoubtUpTo) });
  const onGateway = leaseKey(data.merchantId, stream);
  const live = view.liveOfGateway.get(onGateway);
  live?.delete(data.leaseId);
  if (live?.size === 0) view.liveOfGateway.delete(onGateway);
};

const addSession = (view: AniIndexView, event: LogEventOf<'IconClicked'>): void => {
  const { stream, data, meta, recordedAt } = event;
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
  fileUnder(view.openSessions, sessionId, pseudoAniKey(meta.merchantId, data.pseudoAni));
  if (data.tokenId !== undefined) countUse(view.tokenUses, data.tokenId, sessionId, recordedAt);
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

const closeSession = (view: AniIndexView, sessionId: IconSessionId, at: Instant): void => {
  changeSession(view, sessionId, { open: false });
  unfile(view.openSessions, sessionId);
  endUse(view.tokenUses, sessionId);
  ends(view.closed, sessionId, at);
  for (const forgotten of takeForgotten(view.closed, at)) view.sessions.delete(forgotten);
};

/** Line number → lease → click, for as long as a port's number can mean that click; the seeds' "database" (S1 [75-78]). */
export const aniIndex = {
  name: 'ani-index',
  version: 3,
  empty: (): AniIndexView => ({
    leases: new Map(),
    keyOfLease: new Map(),
    leaseOfCall: new Map(),
    dialled: new Map(),
    gateways: new Map(),
    liveOfGateway: new Map(),
    sessions: new Map(),
    openSessions: noOpenSessions(),
    closed: new Map(),
    resting: new Map(),
    tokenUses: noTokenUses(),
    timesInDoubtUpTo: instant(0),
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
    PortQuarantined: quarantine,
    CorrelationDecided: (view, { stream, data: { verdict, candidates } }) => {
      const leaseId = candidates[0]?.leaseId;
      if (leaseId !== undefined && (verdict === 'certain' || verdict === 'probable')) {
        replace(view, leaseId, { claimedBy: stream as CallId });
      }
    },
    SessionClosed: (view, { stream, recordedAt }) => {
      closeSession(view, stream as IconSessionId, recordedAt);
    },
    ClockStepped: stepClock,
    SubjectKeyDestroyed: eraseSession,
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
  | 'SubjectKeyDestroyed'
  | 'ClockStepped'
>;
