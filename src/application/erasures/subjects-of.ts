import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ErasureTarget } from '#domain/contracts/erasures.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { SubjectKeys } from '#domain/contracts/keys.js';
import type { LogEventOf } from '#domain/events.js';
import { iconSessionId, isScopedId, tenantOf, uniqueOf, type MerchantId } from '#domain/kernel/ids.js';
import type { PolicyViews } from '#domain/policies/views.js';
import { erasedText } from '#domain/privacy/erased.js';
import { subjectOf, type Subject } from '#domain/privacy/subject.js';

type Tools = Readonly<{ events: Pick<EventStore, 'readAll'>; keys: Pick<SubjectKeys, 'stateOf'> }>;

/** Each is decrypted on the thread that serves calls: that many take less than a millisecond of it. */
const openedInOneTurn = 50;

/** What the merchant calls a customer may come up in many contacts; only the log knows all of them. */
const contactsOf = async (
  events: Tools['events'],
  merchantId: MerchantId,
  ref: string,
): Promise<readonly Subject[]> => {
  const found = new Set<Subject>();
  if (ref === erasedText) return [];
  let opened = 0;
  for await (const event of events.readAll({ after: 0, filter: { types: ['CustomerIdentified'] } })) {
    opened += 1;
    if (opened % openedInOneTurn === 0) await nextTurn();
    if (event.meta.merchantId !== merchantId || event.meta.contactId === undefined) continue;
    const { customerRef } = (event as unknown as LogEventOf<'CustomerIdentified'>).data;
    if (customerRef === ref) found.add(subjectOf(event.meta.contactId));
  }
  return [...found];
};

/** Everybody that is meant, of this merchant and known; nobody: there is no such person. */
export const subjectsOf = async (
  { events, keys }: Tools,
  merchantId: MerchantId,
  target: ErasureTarget,
): Promise<readonly Subject[]> => {
  if ('customerRef' in target) return contactsOf(events, merchantId, target.customerRef);
  const { subject } = target;
  return tenantOf(subject) === merchantId && keys.stateOf(subject) !== 'unknown' ? [subject] : [];
};

/** Whoever is in a call, or at work, cannot be erased under the hands of those who deal with them. */
export const isInUse = (subject: Subject, { calls, aniIndex, agents }: PolicyViews): boolean => {
  if (isScopedId('contact', subject)) {
    const session = aniIndex.bySession(iconSessionId(tenantOf(subject), uniqueOf(subject)));
    return session?.open === true || calls.ofContact(subject).length > 0;
  }
  return isScopedId('agent', subject) && (agents.agent(subject)?.state ?? 'logged-off') !== 'logged-off';
};
