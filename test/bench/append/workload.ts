import { ulidUniqueIds } from '#adapters/unique-ids/ulid.unique-ids.js';
import { systemClock } from '#adapters/clock/system.clock.js';
import { callId, contactId, merchantId, type CallId } from '#domain/kernel/ids.js';
import type { EventId, NewEvent } from '#domain/kernel/message.js';
import type { DurableLog } from './durable-log.js';

export const eventsPerCall = 8;
export const acme = merchantId('acme');
const eventTypes = ['CallDelivered', 'CallEstablished', 'CallHeld', 'CallRetrieved', 'CallDataChanged', 'CallCleared'];
const ids = ulidUniqueIds(systemClock);

/** About 324 bytes of JSON. */
export const nextEvent = (call: CallId, revision: number): NewEvent => ({
  id: ids.next() as EventId,
  type: eventTypes[revision % eventTypes.length] ?? 'CallDelivered',
  schemaVersion: 1,
  meta: {
    merchantId: acme,
    contactId: contactId(acme, '01JGTQ7W3C5V0Q8ZK4M2N6P9RS'),
    occurredAt: systemClock.now(),
    causationId: '01JGTQ7W3C5V0Q8ZK4M2N6P9RT',
    correlationId: '01JGTQ7W3C5V0Q8ZK4M2N6P9RV',
    actor: 'telephony',
  },
  data: { device: call, trunk: 'tg-1' },
});

export type Measured = Readonly<{
  eventsPerSecond: number;
  /** Milliseconds from append to answer. */
  p50: number;
  p99: number;
}>;

/** Keeps so many callers busy for a while, each of whom waits for one answer before the next append. */
export const measure = async (log: DurableLog, callers: number, milliseconds: number): Promise<Measured> => {
  const latencies: number[] = [];
  const start = performance.now();
  const end = start + milliseconds;

  const call = async (): Promise<void> => {
    const stream = callId(acme, ids.next());
    for (let revision = 0; revision < eventsPerCall && performance.now() < end; revision += 1) {
      const asked = performance.now();
      await log.append(stream, revision, nextEvent(stream, revision));
      latencies.push(performance.now() - asked);
    }
  };
  const caller = async (): Promise<void> => {
    while (performance.now() < end) await call();
  };
  await Promise.all(Array.from({ length: callers }, caller));

  const seconds = (performance.now() - start) / 1000;
  latencies.sort((one, other) => one - other);
  const quantile = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? NaN;
  return { eventsPerSecond: latencies.length / seconds, p50: quantile(0.5), p99: quantile(0.99) };
};
