import { tenantOf, type CallId, type CallCentreId, type IconSessionId, isScopedId } from '../kernel/ids.js';
import { comparable, type PhoneNumber } from '../kernel/phone-number.js';
import type { Instant } from '../kernel/time.js';
import type { IndexedLease, IndexedSession, PolicyViews } from '../policies/views.js';
import type { Click, Clue, CorrelationInput, Rival, Timing } from './clues.js';
import type { CorrelationDecision, Evidence } from './correlation.events.js';

/** A call at a centre as its switch told of it. */
export type Arrival = Readonly<{
  /** The centre's call. */
  callId: CallId;
  centreId: CallCentreId;
  ani: PhoneNumber;
  dnis: PhoneNumber;
  trunkGroup?: string;
  uui?: string;
  /** By the clock of the switch. */
  arrivedAt: Instant;
  /** By ours, when we were told. */
  takenAt: Instant;
  /** The channel code of an agent on this call, and the call through a gateway that it was heard on. */
  keyed?: Readonly<{ code: string; heardOn: CallId; at: Instant }>;
  /** What has been decided of this call before. */
  previous?: CorrelationDecision;
  timing: Timing;
}>;

type Views = Pick<PolicyViews, 'aniIndex' | 'calls' | 'gateways' | 'merchants'>;

/** Whoever else has been tied to the click; a call that has since been told to be another's claims it no more. */
const rivalOf = (
  claimant: CallId | undefined,
  clicked: CallId,
  arrival: Arrival,
  { calls }: Views,
): Rival | undefined => {
  if (claimant === undefined || claimant === arrival.callId) return undefined;
  const correlation = calls.call(claimant)?.correlation;
  if (!correlation) return { callId: claimant };
  const stillClaims = correlation.verdict !== 'none' && correlation.candidates.some(({ callId }) => callId === clicked);
  return stillClaims ? { callId: claimant, rule: correlation.rule } : undefined;
};

const isLeasedAgain = (lease: IndexedLease, { aniIndex }: Views): boolean =>
  aniIndex
    .byAni(lease.merchantId, lease.ani)
    .some(
      ({ gatewayId, port, sequence }) =>
        gatewayId === lease.gatewayId && port === lease.port && sequence > lease.sequence,
    );

const clickOfLease = (lease: IndexedLease, arrival: Arrival, views: Views): Click => {
  const { callId, contactId, sessionId, dialled, claimedBy } = lease;
  const rival = rivalOf(claimedBy, callId, arrival, views);
  return {
    callId,
    contactId,
    sessionId,
    open: true,
    lease,
    leasedAgain: isLeasedAgain(lease, views),
    ...(dialled === undefined ? {} : { dialled }),
    ...(rival ? { rival } : {}),
  };
};

/** A click whose call has not been requested yet cannot have arrived; that of another merchant must not be seen. */
const clickOfSession = (session: IndexedSession | undefined, arrival: Arrival, views: Views): readonly Click[] => {
  if (session?.callId === undefined || session.merchantId !== tenantOf(arrival.callId)) return [];
  const { callId, contactId, sessionId, clickedAt, open } = session;
  const lease = views.aniIndex.leaseOf(callId);
  if (lease) return [clickOfLease(lease, arrival, views)];
  const call = views.calls.call(callId);
  const dialled = call?.destination?.number;
  const rival = rivalOf(call?.partner, callId, arrival, views);
  return [
    {
      callId,
      contactId,
      sessionId,
      clickedAt,
      open,
      leasedAgain: false,
      ...(dialled === undefined ? {} : { dialled }),
      ...(rival ? { rival } : {}),
    },
  ];
};

const clickOfCall = (callId: CallId, arrival: Arrival, views: Views): readonly Click[] => {
  const lease = views.aniIndex.leaseOf(callId);
  if (lease?.merchantId === tenantOf(arrival.callId)) return [clickOfLease(lease, arrival, views)];
  const sessionId = views.calls.call(callId)?.sessionId;
  return sessionId === undefined ? [] : clickOfSession(views.aniIndex.bySession(sessionId), arrival, views);
};

/** A line number of ours, else digits that a browser announced, else the main number of a gateway. */
const clueOfNumber = (arrival: Arrival, views: Views): Clue | undefined => {
  const merchantId = tenantOf(arrival.callId);
  const number = comparable(arrival.ani);
  // Withheld: the network says so in words.
  if (!/\d/.test(number)) return undefined;
  const { aniIndex, gateways } = views;
  const clickOf = (lease: IndexedLease): Click => clickOfLease(lease, arrival, views);
  const leases = aniIndex.byAni(merchantId, number);
  if (leases.length > 0) return { kind: 'ani', clicks: leases.map(clickOf) };
  const sessions = aniIndex.byPseudoAni(merchantId, number);
  if (sessions.length > 0) {
    return { kind: 'pseudo-ani', clicks: sessions.flatMap((session) => clickOfSession(session, arrival, views)) };
  }
  const gateway = gateways.gateways().find(({ pilotNumber }) => pilotNumber === number);
  if (!gateway) return { kind: 'ani', clicks: [] };
  const { gatewayId } = gateway;
  const live = aniIndex.byPilotNumber(merchantId, number).filter((lease) => lease.gatewayId === gatewayId);
  return { kind: 'pilot-number', gatewayId, clicks: live.map(clickOf) };
};

/** A session id that rides in user-to-user information (RFC 7433). Anything else there is none of ours. */
const signalled = ({ uui }: Arrival): IconSessionId | undefined => {
  const text = uui?.trim() ?? '';
  return isScopedId('session', text) ? text : undefined;
};

const clueOfSession = (sessionId: IconSessionId, arrival: Arrival, views: Views): Clue => ({
  kind: 'session-id',
  clicks: clickOfSession(views.aniIndex.bySession(sessionId), arrival, views),
});

const evidenceOf = (arrival: Arrival, number: Clue | undefined, sessionId: string | undefined): readonly Evidence[] => {
  const { ani, dnis, trunkGroup, keyed, arrivedAt: at } = arrival;
  const kind = number?.kind === 'pilot-number' || number?.kind === 'pseudo-ani' ? number.kind : 'ani';
  const seen = (of: Evidence['kind'], value: string | undefined): readonly Evidence[] =>
    value === undefined || value === '' ? [] : [{ kind: of, value, at }];
  return [
    ...seen(kind, ani.raw),
    ...seen('dnis', dnis.raw),
    ...seen('trunk', trunkGroup),
    ...seen('session-id', sessionId),
    ...(keyed ? [{ kind: 'channel-digits', value: keyed.code, at: keyed.at } as const] : []),
  ];
};

/** Looks up what the evidence of an arrival leads to, within its own tenant. */
export const gather = (arrival: Arrival, views: Views): CorrelationInput => {
  const { arrivedAt, takenAt, centreId, keyed, previous, timing } = arrival;
  const number = clueOfNumber(arrival, views);
  const sessionId = signalled(arrival);
  return {
    arrivedAt,
    takenAt,
    timing,
    evidence: evidenceOf(arrival, number, sessionId),
    clues: [
      ...(sessionId === undefined ? [] : [clueOfSession(sessionId, arrival, views)]),
      ...(keyed ? [{ kind: 'channel-digits', clicks: clickOfCall(keyed.heardOn, arrival, views) } as const] : []),
      ...(number ? [number] : []),
    ],
    centreTrunks: views.merchants.centre(centreId)?.trunks ?? [],
    ...(previous ? { previous } : {}),
  };
};
