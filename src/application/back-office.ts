import type { AniLookUp, BackOffice, SessionKey } from '#domain/contracts/back-office.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { LogEvent } from '#domain/events.js';
import { accessLogOf, isScopedId, tenantOf, type MerchantId } from '#domain/kernel/ids.js';
import { defined } from '#domain/kernel/defined.js';
import type { IndexedSession } from '#domain/policies/views.js';
import type { IconSessionView } from '#domain/views/icon-session.js';
import { agentByLogin } from '#projections/agent-routing/agent-routing.projection.js';
import { openSessionsUnder } from '#projections/ani-index/ani-index.queries.js';
import { customerKey, iconKey, visitKey } from '#projections/ani-index/open-sessions.js';
import { pageOfJourneys, positionsOf } from '#projections/call-journey/call-journey.queries.js';
import { pageOfCallRecords } from '#projections/call-records/call-records.projection.js';
import { newContact } from '#projections/contacts/contacts.view.js';
import type { LiveViews } from './live-views.js';

export type BackOfficeTools = Readonly<{
  store: EventStore;
  commands: CommandBus;
  views: LiveViews;
  clock: Clock;
  health: BackOffice['health'];
}>;

/** Refusals recorded of one source in one second; more are the same news. */
const refusalsASecond = 5;
/** Events read at once for a journey. */
const journeyLimit = 20_000;

const sessionView = (session: IndexedSession, views: LiveViews): IconSessionView => {
  const { sessionId, contactId, linkId: link, origin, customer, clickedAt, open } = session;
  const contact = views.folds.contacts.contacts.get(contactId);
  const { pages, forms, cookies, merchantSessionId } = contact ?? newContact(contactId, session.merchantId);
  const [pageNow = session.page, ...pagesBefore] = pages;
  const iconLabel = link && views.queries.merchants.merchant(session.merchantId)?.links.get(link);
  return {
    sessionId,
    contactId,
    origin,
    pageNow,
    pagesBefore,
    forms,
    cookies,
    clickedAt,
    open,
    ...defined({ iconLabel, linkId: link, merchantSessionId, customer }),
  };
};

const none: AniLookUp = { outcome: 'none' };

/** What merchants' servers, administrators and analysts ask. */
export const createBackOffice = ({ store, commands, views, clock, health }: BackOfficeTools): BackOffice => {
  const { aniIndex, merchants } = views.queries;
  const refusals = new Map<string, { second: number; count: number }>();

  const found = (sessions: readonly IndexedSession[], verdict: 'certain' | 'probable'): AniLookUp =>
    sessions.length === 0
      ? none
      : {
          outcome: 'found',
          verdict: sessions.length === 1 ? verdict : 'ambiguous',
          sessions: sessions.map((session) => sessionView(session, views)),
        };

  const byKey = (key: string): AniLookUp => found(openSessionsUnder(views.folds.aniIndex, key), 'certain');

  /** By its id, or by the name that the merchant gave it. */
  const byIcon = (merchantId: MerchantId, value: string): AniLookUp => {
    const link = isScopedId('link', value) ? value : `link-${merchantId}.${value}`;
    return isScopedId('link', link) && tenantOf(link) === merchantId ? byKey(iconKey(link)) : none;
  };

  const byAni = (merchantId: MerchantId, ani: string): AniLookUp => {
    // Only a live lease answers: a released port's number means nobody any more.
    const lease = aniIndex.byAni(merchantId, ani).find(({ releasedAt }) => releasedAt === undefined);
    const session = lease && aniIndex.bySession(lease.sessionId);
    if (!session) return none;
    return { ...found([session], 'certain'), lease } as AniLookUp;
  };

  const lookUp = (merchantId: MerchantId, { by, value }: SessionKey): AniLookUp => {
    switch (by) {
      case 'ani':
        return byAni(merchantId, value);
      case 'gateway-number': {
        const newest = aniIndex.byPilotNumber(merchantId, value)[0];
        const session = newest && aniIndex.bySession(newest.sessionId);
        return session ? found([session], 'probable') : none;
      }
      case 'pseudo-ani': {
        const session = aniIndex.byPseudoAni(merchantId, value);
        return session ? found([session], 'certain') : none;
      }
      case 'session': {
        const session = isScopedId('session', value) ? aniIndex.bySession(value) : undefined;
        if (session) return session.merchantId === merchantId ? found([session], 'certain') : none;
        return byKey(visitKey(merchantId, value));
      }
      case 'customer':
        return byKey(customerKey(merchantId, value));
      case 'icon':
        return byIcon(merchantId, value);
    }
  };

  const mayRecord = (from: string): boolean => {
    const second = Math.floor(clock.now() / 1_000);
    const seen = refusals.get(from);
    if (refusals.size > 10_000) refusals.clear();
    const count = seen?.second === second ? seen.count + 1 : 1;
    refusals.set(from, { second, count });
    return count <= refusalsASecond;
  };

  return {
    merchant: (merchantId) => merchants.merchant(merchantId),
    lookUp,
    agentByLogin: (merchantId, loginName) => agentByLogin(views.folds.agents, merchantId, loginName),
    agents: (merchantId) =>
      [...views.folds.agents.agents.values()].filter(({ agentId }) => tenantOf(agentId) === merchantId),
    session: (sessionId) => aniIndex.bySession(sessionId),
    journey: async (contactId) => {
      const positions = positionsOf(views.folds.journeys, contactId).slice(0, journeyLimit);
      if (positions.length === 0) return undefined;
      const events = (await store.readAt(positions)) as unknown as readonly LogEvent[];
      return { contactId, merchantId: tenantOf(contactId), events };
    },
    journeys: (merchantId, page) => pageOfJourneys(views.folds.journeys, views.queries, merchantId, page),
    callRecords: (merchantId, page) => pageOfCallRecords(views.folds.records, merchantId, page),
    recordRefusal: (merchantId, { why, what, from }) => {
      if (!mayRecord(`${merchantId} ${from}`)) return;
      const target = accessLogOf(merchantId);
      const data = { why, what: what.slice(0, 300), from: from.slice(0, 100) };
      void commands.dispatch(
        { type: 'ReportAccessRefused', target, at: clock.now(), data },
        { actor: `visitor:${from}` },
      );
    },
    signedOut: (sessionId) => views.folds.signIns.ended.has(sessionId),
    health,
  };
};
