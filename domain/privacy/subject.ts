import type { Brand } from '../kernel/brand.js';
import { isScopedId, type AgentId, type ContactId, type StreamId } from '../kernel/ids.js';
import type { Metadata } from '../kernel/message.js';
import type { Instant } from '../kernel/time.js';

/**
 * Whom personal data is about, as a name that says nothing of the person: a contact, an agent, or the visitors that one
 * merchant's access log turned away in one month (`access-acme.log:2026-11`). Each has a key of its own.
 */
export type Subject = Brand<string, 'Subject'>;

/** The subject that a contact or an agent is. */
export const subjectOf = (id: ContactId | AgentId): Subject => id as string as Subject;

/** ISO year and month in UTC. Swedes write dates as ISO 8601 does. */
const monthFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', year: 'numeric', month: '2-digit' });
export const monthOf = (at: Instant): string => monthFormat.format(at);

/**
 * Whose data an event's personal fields are: the contact's where it belongs to one, else those of its stream. Never to be
 * changed: it says with which key that which is in the log was sealed.
 */
export const subjectOfEvent = (stream: StreamId, { contactId, occurredAt }: Metadata): Subject => {
  if (contactId !== undefined) return subjectOf(contactId);
  // A key for all visitors ever could not be destroyed without those of tomorrow.
  return (isScopedId('access', stream) ? `${stream}:${monthOf(occurredAt)}` : stream) as Subject;
};

const visitorsPattern = /^access-[a-z0-9-]+\.log:[0-9]{4}-[0-9]{2}$/;

/** True when the text may be the name of a subject, whoever's. */
export const isSubject = (text: string): text is Subject =>
  isScopedId('contact', text) || isScopedId('agent', text) || visitorsPattern.test(text);
