import type { LogEventOf } from '#domain/events.js';
import type { AgentId, ContactId, IconSessionId } from '#domain/kernel/ids.js';
import type { AttachedDatum, PushedPage } from '#domain/views/agent-desktop.js';
import type { Projection } from '../projection.js';
import { eraseContact } from './erase-contact.js';
import { contactEnds, newContact, noContacts, type Contact, type ContactsView } from './contacts.view.js';

const contactOf = (view: ContactsView, contactId: ContactId | undefined): Contact | undefined =>
  contactId === undefined ? undefined : view.contacts.get(contactId);

type FromSession = Readonly<{ stream: string }>;

const change = (
  view: ContactsView,
  contactId: ContactId | undefined,
  to: (contact: Contact) => Partial<Contact>,
): void => {
  const contact = contactOf(view, contactId);
  if (!contact) return;
  view.contacts.set(contact.contactId, { ...contact, ...to(contact) });
  view.changed.add(contact.contactId);
};

const changeOfSession = (
  view: ContactsView,
  { stream }: FromSession,
  to: (contact: Contact) => Partial<Contact>,
): void => {
  change(view, view.contactOfSession.get(stream as IconSessionId), to);
};

const clicked = (view: ContactsView, { stream, data, meta }: LogEventOf<'IconClicked'>): void => {
  const sessionId = stream as IconSessionId;
  view.contactOfSession.set(sessionId, data.contactId);
  view.contacts.set(data.contactId, {
    ...newContact(data.contactId, meta.merchantId),
    sessionId,
    origin: data.origin,
    pages: [data.page],
    window: 'open',
    clickedAt: meta.occurredAt,
    ...(data.linkId === undefined ? {} : { linkId: data.linkId }),
    ...(data.merchantSessionId === undefined ? {} : { merchantSessionId: data.merchantSessionId }),
  });
  view.changed.add(data.contactId);
};

const pushed = (contact: Contact, pushId: string, state: PushedPage['state'], why?: string): Partial<Contact> => ({
  pushes: contact.pushes.map((push) =>
    push.pushId === pushId ? { ...push, state, ...(why === undefined ? {} : { why }) } : push,
  ),
});

const dataChanged = (contact: Contact, { data, meta }: LogEventOf<'CallDataChanged'>): Partial<Contact> => {
  const changed: AttachedDatum[] = Object.entries(data.changes).map(([key, value]) => ({
    key,
    value,
    by: data.by,
    at: meta.occurredAt,
  }));
  const kept = contact.data.filter(({ key }) => !Object.hasOwn(data.changes, key));
  return { data: [...kept, ...changed.filter(({ value }) => value !== '')] };
};

const offScreen = (view: ContactsView, { stream }: Readonly<{ stream: string }>): void =>
  void view.onScreen.delete(stream as AgentId);

/** What is known of each customer who is, or lately was, on a call: the context that pops show (S1 [125-130]). */
export const contacts = {
  name: 'contacts',
  version: 2,
  empty: noContacts,
  on: {
    IconClicked: clicked,
    PageViewed: (view, event) => {
      changeOfSession(view, event, ({ pages }) => ({ pages: [event.data.page, ...pages].sort((a, b) => b.at - a.at) }));
    },
    FormCaptured: (view, event) => {
      const { form, fields } = event.data;
      changeOfSession(view, event, ({ forms }) => ({ forms: { ...forms, [form]: { ...forms[form], ...fields } } }));
    },
    CookiesCaptured: (view, event) => {
      changeOfSession(view, event, ({ cookies }) => ({ cookies: { ...cookies, ...event.data.cookies } }));
    },
    CustomerIdentified: (view, event) => {
      const { customerRef, by } = event.data;
      changeOfSession(view, event, () => ({ customer: { ref: customerRef, by } }));
    },
    PagePushed: (view, event) => {
      const { pushId, url, label, by } = event.data;
      const push: PushedPage = { pushId, url, label, by, at: event.meta.occurredAt, state: 'sent' };
      changeOfSession(view, event, ({ pushes }) => ({ pushes: [push, ...pushes] }));
    },
    PageShown: (view, event) => {
      changeOfSession(view, event, (contact) => pushed(contact, event.data.pushId, 'shown'));
    },
    PageBlocked: (view, event) => {
      changeOfSession(view, event, (contact) => pushed(contact, event.data.pushId, 'blocked', event.data.why));
    },
    MediaSettingChanged: (view, event) => {
      const { data } = event;
      changeOfSession(view, event, () =>
        data.setting === 'volume' ? { volumePercent: data.percent } : { echoCancellation: data.on },
      );
    },
    SessionClosed: (view, event) => {
      changeOfSession(view, event, () => ({ window: 'closed' }));
      const contactId = view.contactOfSession.get(event.stream as IconSessionId);
      if (contactId !== undefined) contactEnds(view, contactId, event.recordedAt);
    },
    DestinationSelected: (view, { data, meta }) => {
      const because = data.trace.find((step) => step.outcome === 'taken')?.because ?? '';
      change(view, meta.contactId, () => ({ destination: { rule: data.rule, because } }));
    },
    CallQueued: (view, { meta }) => {
      const { contactId, merchantId } = meta;
      if (contactId === undefined || view.contacts.has(contactId)) return;
      view.contacts.set(contactId, { ...newContact(contactId, merchantId), clickedAt: meta.occurredAt });
    },
    CallDataChanged: (view, event) => {
      change(view, event.meta.contactId, (contact) => dataChanged(contact, event));
    },
    ChannelJoined: (view, { data, meta }) => {
      change(view, meta.contactId, () => ({ channelWith: data.agentId }));
    },
    ChannelClosed: (view, { meta }) => {
      const contact = contactOf(view, meta.contactId);
      if (!contact) return;
      const { channelWith: _left, ...rest } = contact;
      view.contacts.set(contact.contactId, rest);
      view.changed.add(contact.contactId);
    },
    CallCleared: (view, { data, meta, recordedAt }) => {
      const contact = contactOf(view, meta.contactId);
      if (data.side === 'centre' && contact && contact.sessionId === undefined) {
        contactEnds(view, contact.contactId, recordedAt);
      }
    },
    ScreenPopOffered: (view, { data }) => void view.onScreen.set(data.agentId, data.contactId),
    AgentReady: offScreen,
    AgentNotReady: offScreen,
    AgentLoggedOff: offScreen,
    ChannelMessageSent: (view, { data, meta }) => {
      const { messageId, from, text } = data;
      change(view, meta.contactId, ({ messages }) => ({
        messages: [...messages, { messageId, from, text, at: meta.occurredAt }],
      }));
    },
    DtmfCommandRecognised: (view, { data, meta }) => {
      change(view, meta.contactId, () => ({
        lastDtmf: { code: data.code, outcome: 'recognised', note: data.label, at: meta.occurredAt },
      }));
    },
    DtmfCommandRefused: (view, { data, meta }) => {
      change(view, meta.contactId, () => ({
        lastDtmf: { code: data.code, outcome: 'refused', note: data.reason, at: meta.occurredAt },
      }));
    },
    NotesTaken: (view, { data }) => {
      change(view, data.contactId, () => ({ notes: data.text }));
    },
    SubjectKeyDestroyed: eraseContact,
  },
} satisfies Projection<
  ContactsView,
  | 'IconClicked'
  | 'PageViewed'
  | 'FormCaptured'
  | 'CookiesCaptured'
  | 'CustomerIdentified'
  | 'PagePushed'
  | 'PageShown'
  | 'PageBlocked'
  | 'MediaSettingChanged'
  | 'SessionClosed'
  | 'DestinationSelected'
  | 'CallQueued'
  | 'CallDataChanged'
  | 'ChannelJoined'
  | 'ChannelClosed'
  | 'CallCleared'
  | 'ScreenPopOffered'
  | 'AgentReady'
  | 'AgentNotReady'
  | 'AgentLoggedOff'
  | 'ChannelMessageSent'
  | 'DtmfCommandRecognised'
  | 'DtmfCommandRefused'
  | 'NotesTaken'
  | 'SubjectKeyDestroyed'
>;
