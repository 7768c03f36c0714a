import type { LogEventOf } from '#domain/events.js';
import type { ContactId } from '#domain/kernel/ids.js';
import { erasedPage, erasers } from '#domain/privacy/erased.js';
import type { Contact, ContactsView } from './contacts.view.js';

const mapValues = <Value>(
  record: Readonly<Record<string, Value>>,
  to: (value: Value) => Value,
): Record<string, Value> => Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value)]));

/** What is optional stays so. */
const optional = ({ merchantSessionId, customer, destination, lastDtmf }: Contact): Partial<Contact> => ({
  ...(merchantSessionId !== undefined && {
    merchantSessionId: erasers.IconClicked.merchantSessionId(merchantSessionId) ?? '',
  }),
  ...(customer && { customer: { ...customer, ref: erasers.CustomerIdentified.customerRef(customer.ref) } }),
  ...(destination && { destination: { ...destination, because: erasers.NotesTaken.text(destination.because) } }),
  ...(lastDtmf?.outcome === 'refused' && {
    lastDtmf: { ...lastDtmf, code: erasers.DtmfCommandRefused.code(lastDtmf.code) },
  }),
});

/** The contact as it would be, had the log never held more than what an erasure leaves. */
const erased = (contact: Contact): Contact => ({
  ...contact,
  pages: contact.pages.map(erasedPage),
  forms: mapValues(contact.forms, erasers.FormCaptured.fields),
  cookies: erasers.CookiesCaptured.cookies(contact.cookies),
  data: [],
  pushes: contact.pushes.map((push) => ({ ...push, url: erasers.PagePushed.url(push.url) })),
  messages: contact.messages.map((message) => ({ ...message, text: erasers.ChannelMessageSent.text(message.text) })),
  notes: erasers.NotesTaken.text(contact.notes),
  ...optional(contact),
});

/** Nothing of the person is known any more; that there was a contact, and what was done in it, is. */
export const eraseContact = (view: ContactsView, { data }: LogEventOf<'SubjectKeyDestroyed'>): void => {
  const contact = view.contacts.get(data.subject as string as ContactId);
  if (!contact) return;
  view.contacts.set(contact.contactId, erased(contact));
  view.changed.add(contact.contactId);
};
