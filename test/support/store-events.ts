import { agentId, callId, contactId, merchantId, type CallId } from '#domain/kernel/ids.js';
import type { EventId, NewEvent } from '#domain/kernel/message.js';
import { instant } from '#domain/kernel/time.js';
import { seededIds } from './seeded-ids.js';

const ids = seededIds(2);

export const acme = merchantId('acme');
export const aCall = (): CallId => callId(acme, ids.next());
export const anna = agentId(acme, 'anna');
export const boris = agentId(acme, 'boris');

/** An event as an application would hand it over; what it says is of no concern to the store. */
export const anEvent = (type = 'CallDelivered', data: object = { device: 'device-acme.4711' }): NewEvent => {
  const id = ids.next();
  return {
    id: id as EventId,
    type,
    schemaVersion: 1,
    data,
    meta: {
      merchantId: acme,
      contactId: contactId(acme, 'c-1'),
      occurredAt: instant(Date.UTC(2026, 0, 5, 8, 59)),
      causationId: id,
      correlationId: 'click-1',
      actor: 'telephony',
    },
  };
};

export const someEvents = (count: number, type?: string): NewEvent[] =>
  Array.from({ length: count }, () => anEvent(type));
