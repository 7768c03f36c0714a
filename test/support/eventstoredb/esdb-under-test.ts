import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  openEventStoreDbStore,
  type EventStoreDbSettings,
} from '#adapters/event-store/eventstoredb/open-eventstoredb-store.js';
import type { Store } from '#adapters/event-store/store.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { OpenStore, StoreTraits } from '#test/contracts/store-under-test.js';
import { startFakeEventStoreDb, type FakeEventStoreDb } from './fake-eventstoredb.js';
import { largestAppend } from './server-log.js';

/** A store on EventStoreDB in a data folder of its own, which goes with it. */
export const openOn = async (
  connectionString: string,
  clock: Clock,
  more: Partial<EventStoreDbSettings> = {},
): Promise<Store> => {
  const data = await mkdtemp(join(tmpdir(), 'trunkline-esdb-'));
  const removing = (): Promise<void> => rm(data, { recursive: true, force: true });
  const store = await openEventStoreDbStore({ connectionString, data, clock, ...more }).catch(
    async (thrown: unknown) => {
      await removing();
      throw thrown;
    },
  );
  const close = async (): Promise<void> => {
    await store.close();
    await removing();
  };
  return { ...store, events: { ...store.events, close }, close };
};

/** A store on a server that speaks the protocol, both gone when the store is closed. */
export const openOnFake = async (clock: Clock): Promise<Store & Readonly<{ server: FakeEventStoreDb }>> => {
  const server = await startFakeEventStoreDb(clock);
  const store = await openOn(server.connectionString, clock);
  let closing: Promise<void> | undefined;
  const closeBoth = async (): Promise<void> => {
    await store.close();
    await server.stop();
  };
  const close = (): Promise<void> => (closing ??= closeBoth());
  return { ...store, events: { ...store.events, close }, close, server };
};

/** A namespace that nobody else has: on a real server, a log that is empty. */
export const freshNamespace = (): string => `t${randomUUID().replaceAll('-', '').slice(0, 20)}`;

const inFreshNamespace = (connectionString: string): string =>
  `${connectionString}${connectionString.includes('?') ? '&' : '?'}namespace=${freshNamespace()}`;

type EsdbUnderTest = Readonly<{ name: string; traits: StoreTraits; open: OpenStore }>;

const fake: EsdbUnderTest = {
  name: 'the store on a server that speaks EventStoreDB’s protocol',
  traits: { positions: 'rising', clock: 'given', largestEvent: largestAppend },
  open: openOnFake,
};

/** The server that `TRUNKLINE_TEST_ESDB` names, when it does: only that one can prove what a real server does. */
const real = process.env['TRUNKLINE_TEST_ESDB'];

export const eventStoreDbs: readonly EsdbUnderTest[] =
  real === undefined
    ? [fake]
    : [
        fake,
        {
          name: 'the store on a real EventStoreDB',
          traits: { positions: 'rising', clock: 'own', largestEvent: largestAppend },
          open: (clock) => openOn(inFreshNamespace(real), clock),
        },
      ];
