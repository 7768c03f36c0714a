import type { IdentificationSource, NamedValues, Page } from '#domain/icon-session/icon-session.events.js';
import type { AgentId, ContactId, IconSessionId, LinkId, MerchantId } from '#domain/kernel/ids.js';
import { instant, type Instant } from '#domain/kernel/time.js';
import type { AttachedDatum, ChannelMessage, DesktopContact, PushedPage } from '#domain/views/agent-desktop.js';
import { ends, takeForgotten, type LatelyOver } from '../lately-over.js';

export type Contact = Readonly<{
  contactId: ContactId;
  merchantId: MerchantId;
  sessionId?: IconSessionId;
  linkId?: LinkId;
  merchantSessionId?: string;
  origin?: string;
  clickedAt: Instant;
  /** Newest first; the first is the one shown now. */
  pages: readonly Page[];
  forms: Readonly<Record<string, NamedValues>>;
  cookies: NamedValues;
  customer?: Readonly<{ ref: string; by: IdentificationSource }>;
  destination?: Readonly<{ rule: string; because: string }>;
  data: readonly AttachedDatum[];
  pushes: readonly PushedPage[];
  messages: readonly ChannelMessage[];
  channelWith?: AgentId;
  lastDtmf?: NonNullable<DesktopContact['lastDtmf']>;
  volumePercent: number;
  echoCancellation: boolean;
  notes: string;
  window: 'open' | 'closed';
}>;

export type ContactsView = {
  contacts: Map<ContactId, Contact>;
  contactOfSession: Map<IconSessionId, ContactId>;
  over: LatelyOver<ContactId>;
  /** The contact on each agent's screen: however long the wrap-up lasts, it is there. */
  onScreen: Map<AgentId, ContactId>;
  /** Contacts that have changed since they were last asked for. */
  changed: Set<ContactId>;
};

export const newContact = (contactId: ContactId, merchantId: MerchantId): Contact => ({
  contactId,
  merchantId,
  clickedAt: instant(0),
  pages: [],
  forms: {},
  cookies: {},
  data: [],
  pushes: [],
  messages: [],
  volumePercent: 100,
  echoCancellation: true,
  notes: '',
  window: 'closed',
});

export const noContacts = (): ContactsView => ({
  contacts: new Map(),
  contactOfSession: new Map(),
  over: new Map(),
  onScreen: new Map(),
  changed: new Set(),
});

const forget = (view: ContactsView, contactId: ContactId): void => {
  const { sessionId } = view.contacts.get(contactId) ?? {};
  view.contacts.delete(contactId);
  if (sessionId !== undefined) view.contactOfSession.delete(sessionId);
};

/** A contact is over. Those that ended long ago are let go of, unless an agent still has them on the screen. */
export const contactEnds = (view: ContactsView, contactId: ContactId, at: Instant): void => {
  ends(view.over, contactId, at);
  const forgotten = takeForgotten(view.over, at);
  if (forgotten.length === 0) return;
  const onScreens = new Set(view.onScreen.values());
  for (const each of forgotten) {
    if (onScreens.has(each)) ends(view.over, each, at);
    else forget(view, each);
  }
};

/** The contacts that have changed since the last time this was asked. */
export const takeChangedContacts = (view: ContactsView): ReadonlySet<ContactId> => {
  const { changed } = view;
  view.changed = new Set();
  return changed;
};
