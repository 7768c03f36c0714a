import type { AniLookUp, BackOffice, SessionKey } from '#domain/contracts/back-office.js';
import type { CallHistory } from '#domain/contracts/call-history.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import { ReadModelFailure } from '#domain/contracts/read-models.js';
import type { LogEvent } from '#domain/events.js';
import { accessLogOf, isScopedId, tenantOf, type MerchantId } from '#domain/kernel/ids.js';
import { defined } from '#domain/kernel/defined.js';
import type { IndexedSession } from '#domain/policies/views.js';
import type { IconSessionView } from '#domain/views/icon-session.js';
import { agentByLogin } from '#projections/agent-routing/agent-routing.projection.js';
import { openSessionsUnder } from '#projections/ani-index/ani-index.queries.js';
import { customerKey, iconKey, visitKey } from '#projections/ani-index/open-sessions.js';
import { summaryOf } from '#projections/call-journey/journey-summary.js';
import { positionsOf } from '#projections/call-journey/steps.js';
import { callRecordOf } from '#projections/call-records/call-record-of.js';
import { newContact } from '#projections/contacts/contacts.view.js';
import type { LiveViews } from './live-views.js';
import type { ReadModelProjection } from './read-models/project-read-models.js';

export type BackOfficeTools = Readonly<{
  store: EventStore;
  commands: CommandBus;
  views: LiveViews;
  history: CallHistory;
  projection: Pick<ReadModelProjection, 'reached'>;
  clock: Clock;
  health: BackOffice['health'];
}>;

/** Refusals recorded of one source in one second; more are the same news. */
const refusalsASecond = 5;
/** How long a question waits until what its caller has seen on a screen is in the read models, too. */
const patienceMs = 2_000;

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
export const createBackOffice = (tools: BackOfficeTools): BackOffice => {
  const { store, commands, views, history, projection, clock, health } = tools;
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
      case 'pseudo-ani':
        return found(aniIndex.byPseudoAni(merchantId, value), 'certain');
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

  /** Asked once everything that can have been seen by now is among the rows. */
  const upToNow = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    if (await projection.reached(views.position(), patienceMs)) return ask();
    throw new ReadModelFailure('unavailable', 'the read models have not caught up with the log yet');
  };

  /** Events by their positions, in the order asked. What is personal is read from the log alone. */
  const logged = async (positions: readonly number[]): Promise<ReadonlyMap<number, LogEvent>> => {
    const events = (await store.readAt(positions)) as unknown as readonly LogEvent[];
    return new Map(events.map((event) => [event.position, event]));
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
      const row = await upToNow(() => history.journey(contactId));
      if (!row) return undefined;
      const events = await logged(positionsOf(row.steps));
      return { contactId, merchantId: tenantOf(contactId), events: [...events.values()] };
    },
    journeys: async (merchantId, page) => {
      const rows = await upToNow(() => history.journeys(merchantId, page));
      const identified = await logged(rows.flatMap(({ identified: position }) => position ?? []));
      return rows.map((row) => {
        const said = identified.get(row.identified ?? 0);
        return summaryOf(row, said?.type === 'CustomerIdentified' ? said.data.customerRef : undefined, views.queries);
      });
    },
    callRecords: async (merchantId, page) => {
      const found = await upToNow(() => history.callRecords(merchantId, page));
      const issued = await logged(found.map(({ row }) => row.position));
      return found.map((record) => callRecordOf(record, issued.get(record.row.position)));
    },
    recordRefusal: (merchantId, { why, what, from }) => {
      if (!mayRecord(`${merchantId} ${from}`)) return;
      const target = accessLogOf(merchantId);
      const data = { why, what: what.slice(0, 300), from: from.slice(0, 100) };
      void commands.dispatch({ type: 'ReportAccessRefused', target, at: clock.now(), data }, { actor: 'visitor' });
    },
    signedOut: (sessionId) => views.folds.signIns.ended.has(sessionId),
    signInsOf: (agentId) => [...(views.folds.signIns.open.get(agentId)?.keys() ?? [])],
    health,
  };
};
