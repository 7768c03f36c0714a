import type { LogEventOf } from '#domain/events.js';
import { iconSessionId, isScopedId, tenantOf, uniqueOf, type IconSessionId } from '#domain/kernel/ids.js';
import type { IndexedSession } from '#domain/policies/views.js';
import { erasedPage, erasedUrl, erasers } from '#domain/privacy/erased.js';

type Sessions = Readonly<{ sessions: Map<IconSessionId, IndexedSession> }>;

/** Look-ups just after the call find the session still, and nothing of the person. */
export const eraseSession = (view: Sessions, { data: { subject } }: LogEventOf<'SubjectKeyDestroyed'>): void => {
  if (!isScopedId('contact', subject)) return;
  const sessionId = iconSessionId(tenantOf(subject), uniqueOf(subject));
  const session = view.sessions.get(sessionId);
  if (!session) return;
  const { customer } = session;
  view.sessions.set(sessionId, {
    ...session,
    page: erasedPage(session.page),
    clickedPage: erasedUrl,
    ...(customer && { customer: { ...customer, ref: erasers.CustomerIdentified.customerRef(customer.ref) } }),
  });
};
