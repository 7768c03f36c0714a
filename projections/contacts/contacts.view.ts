import type { IdentificationSource, NamedValues, Page } from '#domain/icon-session/icon-session.events.js';
import type { AgentId, ContactId, IconSessionId, LinkId, MerchantId } from '#domain/kernel/ids.js';
import { instant, type Instant } from '#domain/kernel/time.js';
import type { AttachedDatum, ChannelMessage, DesktopContact, PushedPage } from '#domain/views/agent-desktop.js';

/** Contacts that are over and still kept, for agents in wrap-up and for look-ups just after the call. */
const overKept = 5_000;

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
  over: ContactId[];
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

/** Remembers that a contact is over, and lets go of the oldest such. */
export const keepNewest = (view: ContactsView, contactId: ContactId): void => {
  view.over.push(contactId);
  if (view.over.length <= overKept) return;
  const oldest = view.over.shift();
  const contact = oldest === undefined ? undefined : view.contacts.get(oldest);
  if (!contact) return;
  view.contacts.delete(contact.contactId);
  if (contact.sessionId !== undefined) view.contactOfSession.delete(contact.sessionId);
};

/** The contacts that have changed since the last time this was asked. */
export const takeChangedContacts = (view: ContactsView): ReadonlySet<ContactId> => {
  const { changed } = view;
  view.changed = new Set();
  return changed;
};
