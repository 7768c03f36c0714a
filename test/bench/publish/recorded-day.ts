import { callId, contactId } from '#domain/kernel/ids.js';
import type { EventId, NewEvent } from '#domain/kernel/message.js';
import { instant } from '#domain/kernel/time.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import { acme } from '#test/support/store-events.js';

const contacts = 1_000;
const perAppend = 20;

const eventOf = (nth: number, contact: number): NewEvent => {
  const id = `01J8ZQ${String(nth).padStart(20, '0')}` as EventId;
  return {
    id,
    type: 'CallRecordIssued',
    schemaVersion: 1,
    data: {
      callId: callId(acme, `c-${contact}`),
      contactId: contactId(acme, `c-${contact}`),
      referrer: { origin: 'https://shop.example', page: 'https://shop.example/shoes' },
      requestedAt: 1_767_603_600_000 + nth,
      establishedAt: 1_767_603_612_000 + nth,
      endedAt: 1_767_603_912_000 + nth,
      talk: 300_000,
      cause: 'normal-clearing',
    },
    meta: {
      merchantId: acme,
      contactId: contactId(acme, `c-${contact}`),
      occurredAt: instant(1_767_603_912_000 + nth),
      causationId: `01J8ZR${String(nth).padStart(20, '0')}`,
      correlationId: `01J8ZS${String(contact).padStart(20, '0')}`,
      actor: 'policy:issue-call-record-when-call-is-over',
    },
  };
};

/** A log with so many events, of a thousand contacts that take turns. */
export const recordDay = async (store: EventStore, count: number): Promise<void> => {
  for (let from = 0; from < count; from += perAppend * contacts) {
    const appends = Array.from({ length: Math.min(contacts, Math.ceil((count - from) / perAppend)) }, (_, contact) => {
      const first = from + contact * perAppend;
      const events = Array.from({ length: Math.min(perAppend, count - first) }, (_each, nth) =>
        eventOf(first + nth, contact),
      );
      return store.append({ stream: callId(acme, `c-${contact}`), expected: 'any', events });
    });
    await Promise.all(appends);
  }
};
