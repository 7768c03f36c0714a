import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '#adapters/clock/system.clock.js';
import { decodeEvent, encodeBody, type StoredEvent } from '#adapters/event-store/event-codec.js';
import { openEvent, sealEvent } from '#adapters/event-store/personal-data/sealed-event.js';
import { sealingEventStore } from '#adapters/event-store/personal-data/sealing.event-store.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import { openKeys, passingKeys } from '#adapters/keys/open-keys.js';
import { ulidUniqueIds } from '#adapters/unique-ids/ulid.unique-ids.js';
import { contactId, iconSessionId, merchantId } from '#domain/kernel/ids.js';
import type { EventId, NewEvent, RecordedEvent } from '#domain/kernel/message.js';
import { splitPersonalData } from '#domain/privacy/erased.js';
import type { Benchmark } from './run.js';

const ids = ulidUniqueIds(systemClock);
const acme = merchantId('acme');
const samplesFolder = 'test/samples/events';
const rounds = 7;

const median = (values: readonly number[]): number =>
  Number((values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN).toPrecision(4));

/** Real events that hold personal data, one of each type. */
const personalEvents = async (): Promise<readonly RecordedEvent[]> => {
  const files = await readdir(samplesFolder);
  const events = await Promise.all(
    files.map(async (name) => JSON.parse(await readFile(join(samplesFolder, name), 'utf8')) as RecordedEvent),
  );
  return events.filter(({ type, data }) => splitPersonalData(type, data).personal !== undefined);
};

/** Microseconds of the processor for one event, whoever else uses it meanwhile. */
const each = (events: readonly RecordedEvent[], times: number, act: (event: RecordedEvent) => unknown): number => {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time += 1) for (const event of events) act(event);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (times * events.length);
};

const storedAs = (event: RecordedEvent, written: NewEvent): StoredEvent => ({ ...event, body: encodeBody(written) });

/** What the main thread does for one event, with and without. */
const costs = (events: readonly RecordedEvent[], times: number): Record<string, number> => {
  const keys = passingKeys();
  const plain = new Map(events.map((event) => [event, storedAs(event, event)]));
  const sealed = new Map(events.map((event) => [event, storedAs(event, sealEvent(event, event.stream, keys).event)]));
  const texts = new Map(events.map((event) => [event.id, sealEvent(event, event.stream, keys).personal?.text]));
  const decoded = (from: typeof plain, event: RecordedEvent): RecordedEvent =>
    decodeEvent(from.get(event) as StoredEvent);
  const tasks: Record<string, (event: RecordedEvent) => unknown> = {
    encodeMicros: (event) => encodeBody(event),
    sealAndEncodeMicros: (event) => encodeBody(sealEvent(event, event.stream, keys).event),
    decodeMicros: (event) => decoded(plain, event),
    decodeAndOpenMicros: (event) => openEvent(decoded(sealed, event), keys),
    decodeAndRememberMicros: (event) => openEvent(decoded(sealed, event), keys, (id) => texts.get(id)),
  };
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => {
      each(events, times, task);
      return [name, median(Array.from({ length: rounds }, () => each(events, times, task)))];
    }),
  );
};

const viewed = (contact: string): NewEvent => ({
  id: ids.next() as EventId,
  type: 'PageViewed',
  schemaVersion: 1,
  data: { page: { url: 'https://shop.example/shoes/espadrille.html', title: 'Espadrille', at: systemClock.now() } },
  meta: {
    merchantId: acme,
    contactId: contactId(acme, contact),
    occurredAt: systemClock.now(),
    causationId: contact,
    correlationId: contact,
    actor: 'customer',
  },
});

/** Milliseconds to a durable answer: the first event of a person, whose key is made, and the next one. */
const firstAndNext = async (directory: string, people: number): Promise<Record<string, number>> => {
  const secret = new Uint8Array(32).fill(7);
  const keys = await openKeys({ folder: directory, installationSecret: () => Promise.resolve(secret) });
  const store = await openSqliteStore({ file: join(directory, 'events.db'), clock: systemClock });
  const events = sealingEventStore(store.events, keys);
  const [first, next]: [number[], number[]] = [[], []];
  for (let person = 0; person < people; person += 1) {
    const contact = ids.next();
    for (const times of [first, next]) {
      const begun = performance.now();
      await events.append({ stream: iconSessionId(acme, contact), expected: 'any', events: [viewed(contact)] });
      times.push(performance.now() - begun);
    }
  }
  await store.close();
  await keys.close();
  return { firstOfPersonMs: median(first), nextOfPersonMs: median(next) };
};

/** What it costs that personal data is encrypted before it reaches the log. */
export const run: Benchmark = async ({ log, args }) => {
  const short = args.includes('--short');
  await mkdir('data', { recursive: true });
  const directory = await mkdtemp(join('data', 'bench-sealing-'));
  try {
    const events = await personalEvents();
    const micros = costs(events, short ? 100 : 1_000);
    const waits = await firstAndNext(directory, short ? 100 : 1_000);
    const { encodeMicros = 0, sealAndEncodeMicros = 0, decodeMicros = 0, decodeAndRememberMicros = 0 } = micros;
    const figures = {
      ...micros,
      ...waits,
      sealMicros: Number((sealAndEncodeMicros - encodeMicros).toPrecision(3)),
      rememberMicros: Number((decodeAndRememberMicros - decodeMicros).toPrecision(3)),
    };
    log(`${events.length} types of events with personal data: sealing adds ${figures.sealMicros} µs to each`);
    return figures;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
