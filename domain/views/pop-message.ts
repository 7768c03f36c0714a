import type { CallId, ContactId, PopId } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { Belief, PopRetraction } from '../pop/pop.events.js';
import type { DesktopContact } from './agent-desktop.js';

/** What the log says about one screen pop, at its position. The contact is the one known when it is sent. */
export type PopMessage = Readonly<{
  position: number;
  popId: PopId;
  contactId: ContactId;
  callId?: CallId;
  at: Instant;
}> &
  (
    | Readonly<{ what: 'offered'; why: Belief; contact?: DesktopContact }>
    | Readonly<{ what: 'opened' }>
    | Readonly<{ what: 'retracted'; why: PopRetraction }>
  );
