import { accept, ignore, reject, type Decider, type Decision } from '../kernel/decider.js';
import type { IconSessionCommand, IconSessionRejection } from './icon-session.commands.js';
import type { IconSessionEvent, NamedValues } from './icon-session.events.js';
import { viewOf, type IconSession, type Push, type Values } from './icon-session.state.js';
import { clipped, clippedPage, newContext } from './page-context.js';

type SessionDecision = Decision<IconSessionEvent, IconSessionRejection>;
type Of<Type extends IconSessionCommand['type']> = Extract<IconSessionCommand, { type: Type }>['data'];
type Known = Exclude<IconSession, { status: 'unknown' }>;

const loudest = 300;

const click = ({ customerRef, context, capture, ...told }: Of<'ClickIcon'>): SessionDecision => {
  const page = clippedPage(told.page);
  const clicked = {
    ...told,
    page,
    ...(told.merchantSessionId !== undefined && { merchantSessionId: clipped(told.merchantSessionId) }),
  };
  const identified: readonly IconSessionEvent[] = customerRef
    ? [{ type: 'CustomerIdentified', data: { customerRef: clipped(customerRef.ref), by: customerRef.by } }]
    : [];
  const known = { page, views: new Set([viewOf(page)]), forms: new Map(), cookies: new Map() };
  return accept<IconSessionEvent>(
    { type: 'IconClicked', data: clicked },
    ...identified,
    ...newContext(context, known, capture),
  );
};

const push = (data: Of<'PushPage'>, session: Known): SessionDecision => {
  if (session.pushes.has(data.pushId)) return ignore;
  return session.status === 'closed' ? reject('push-after-the-call') : accept({ type: 'PagePushed', data });
};

/** Volume goes by points of normal, so that 20 % up and 20 % down again is where it was. */
const changeMedia = (data: Of<'ChangeMediaSetting'>, session: Known): SessionDecision => {
  if (session.status === 'closed') return reject('session-is-closed');
  const { setting, by } = data;
  if (setting === 'echo-cancellation') {
    return data.on === session.echoCancellation
      ? ignore
      : accept({ type: 'MediaSettingChanged', data: { setting, on: data.on, by } });
  }
  const percent = Math.min(loudest, Math.max(0, Math.round(session.volume + data.changePercent)));
  return percent === session.volume ? ignore : accept({ type: 'MediaSettingChanged', data: { setting, percent, by } });
};

/** What the customer's browser tells after the call is over is nobody's business any more. */
const whileOpen = (session: Known, events: () => readonly IconSessionEvent[]): SessionDecision =>
  session.status === 'closed' ? ignore : accept(...events());

const isSent = (pushId: string, { pushes }: Known): boolean => pushes.get(pushId) === 'sent';

const decideKnown = ({ type, data }: IconSessionCommand, session: Known): SessionDecision => {
  switch (type) {
    case 'ClickIcon':
      return ignore;
    case 'ReportPageContext':
      return whileOpen(session, () => newContext(data.context, session, data.capture));
    case 'PushPage':
      return push(data, session);
    case 'ReportPageShown': {
      const { pushId, url } = data;
      return whileOpen(session, () =>
        isSent(pushId, session) ? [{ type: 'PageShown', data: { pushId, url: clipped(url) } }] : [],
      );
    }
    case 'ReportPageBlocked':
      return whileOpen(session, () => (isSent(data.pushId, session) ? [{ type: 'PageBlocked', data }] : []));
    case 'ChangeMediaSetting':
      return changeMedia(data, session);
    case 'CloseSession':
      return whileOpen(session, () => [{ type: 'SessionClosed', data }]);
  }
};

const having = (values: Values, added: NamedValues): Values => new Map([...values, ...Object.entries(added)]);
const pushed = (session: Known, pushId: string, state: Push): Known => ({
  ...session,
  pushes: new Map(session.pushes).set(pushId, state),
});

const evolveKnown = (session: Known, { type, data }: IconSessionEvent): Known => {
  switch (type) {
    case 'PageViewed': {
      const page = data.page.at >= session.page.at ? data.page : session.page;
      return { ...session, page, views: new Set(session.views).add(viewOf(data.page)) };
    }
    case 'FormCaptured': {
      const fields = having(session.forms.get(data.form) ?? new Map(), data.fields);
      return { ...session, forms: new Map(session.forms).set(data.form, fields) };
    }
    case 'CookiesCaptured':
      return { ...session, cookies: having(session.cookies, data.cookies) };
    case 'PagePushed':
      return pushed(session, data.pushId, 'sent');
    case 'PageShown':
      return pushed(session, data.pushId, 'shown');
    case 'PageBlocked':
      return pushed(session, data.pushId, 'blocked');
    case 'MediaSettingChanged':
      return data.setting === 'volume'
        ? { ...session, volume: data.percent }
        : { ...session, echoCancellation: data.on };
    case 'SessionClosed':
      return { ...session, status: 'closed' };
    case 'IconClicked':
    case 'CustomerIdentified':
      return session;
  }
};

const opened = (session: IconSession, { type, data }: IconSessionEvent): IconSession =>
  type === 'IconClicked'
    ? {
        status: 'open',
        page: data.page,
        views: new Set([viewOf(data.page)]),
        forms: new Map(),
        cookies: new Map(),
        pushes: new Map(),
        volume: 100,
        echoCancellation: true,
      }
    : session;

/** One click on an icon, and all that the customer's browser tells and is told until the call is over. */
export const iconSessionDecider: Decider<IconSessionCommand, IconSession, IconSessionEvent, IconSessionRejection> = {
  initialState: { status: 'unknown' },
  decide: (command, session) => {
    if (session.status !== 'unknown') return decideKnown(command, session);
    return command.type === 'ClickIcon' ? click(command.data) : reject('unknown-session');
  },
  evolve: (session, event) => (session.status === 'unknown' ? opened(session, event) : evolveKnown(session, event)),
};
