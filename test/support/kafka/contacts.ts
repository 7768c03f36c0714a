import { expect } from 'chai';
import type { CloudEvent } from '#adapters/event-publisher/cloud-event.js';
import { callId, contactId } from '#domain/kernel/ids.js';
import type { EventId, NewEvent, RecordedEvent } from '#domain/kernel/message.js';
import { instant } from '#domain/kernel/time.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import { acme } from '../store-events.js';
import type { SeenMessage } from './topic.js';

let made = 0;

/** The next event of one of a few contacts, which take turns as calls do. */
const eventOf = (contact: number, data: object): NewEvent => {
  made += 1;
  const id = `event-${process.pid}-${made}` as EventId;
  const meta = {
    merchantId: acme,
    contactId: contactId(acme, `c-${contact}`),
    occurredAt: instant(Date.UTC(2026, 0, 5, 9)),
    causationId: id,
    correlationId: id,
    actor: 'telephony',
  };
  return { id, type: 'CallDelivered', schemaVersion: 1, data, meta };
};

const contacts = 7;

/** Calls go on: so many more events, in appends of a few. */
export const callsGoOn = async (store: EventStore, count: number, data: object = { device: 'd' }): Promise<void> => {
  const appends = Array.from({ length: Math.ceil(count / 5) }, (_, nth) => {
    const contact = nth % contacts;
    const events = Array.from({ length: Math.min(5, count - nth * 5) }, () => eventOf(contact, data));
    return store.append({ stream: callId(acme, `c-${contact}`), expected: 'any', events });
  });
  await Promise.all(appends);
};

export const envelopesIn = (seen: readonly SeenMessage[]): readonly CloudEvent[] =>
  seen.map(({ value }) => JSON.parse(value) as CloudEvent);

const byContact = (pairs: readonly (readonly [contact: string, id: string])[]): ReadonlyMap<string, string[]> => {
  const map = new Map<string, string[]>();
  for (const [contact, id] of pairs) map.set(contact, [...(map.get(contact) ?? []), id]);
  return map;
};

/** How many different events a topic holds. */
export const differentIn = (seen: readonly SeenMessage[]): number =>
  new Set(envelopesIn(seen).map(({ id }) => id)).size;

/**
 * Nothing lost, nothing reordered: to a consumer that leaves out the ids it has seen, each contact's events are those of
 * the log in its order. Each contact is in one partition, in which the broker keeps the order.
 */
export const expectTold = (seen: readonly SeenMessage[], log: readonly RecordedEvent[]): void => {
  const inOrder = [...seen].sort((one, other) => one.partition - other.partition || one.offset - other.offset);
  const first = new Map(
    envelopesIn(inOrder)
      .map((envelope, index) => [envelope.id, { envelope, index }])
      .reverse() as [],
  );
  const told = [...(first as Map<string, { envelope: CloudEvent; index: number }>).values()]
    .sort((one, other) => one.index - other.index)
    .map(({ envelope }) => [envelope.subject, envelope.id] as const);
  const recorded = log.map(({ meta, stream, id }) => [meta.contactId ?? stream, id] as const);
  const [here, there] = [byContact(recorded), byContact(told)];
  expect([...there.keys()]).to.have.members([...here.keys()]);
  for (const [contact, ids] of here) expect(there.get(contact), contact).to.deep.equal(ids);
  for (const { key, value } of seen) expect((JSON.parse(value) as CloudEvent).subject).to.equal(key);
  const partitions = new Map<string, number>();
  for (const { key, partition } of seen) {
    expect(partitions.get(key) ?? partition, `partition of ${key}`).to.equal(partition);
    partitions.set(key, partition);
  }
};
