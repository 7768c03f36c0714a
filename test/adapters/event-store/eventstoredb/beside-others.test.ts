import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openEventStoreDbStore } from '#adapters/event-store/eventstoredb/open-eventstoredb-store.js';
import { readEventStoreDbLog } from '#adapters/event-store/eventstoredb/read-eventstoredb-log.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { fakeClock } from '#test/support/fake-clock.js';
import { openOn } from '#test/support/eventstoredb/esdb-under-test.js';
import { startFakeEventStoreDb, type FakeEventStoreDb } from '#test/support/eventstoredb/fake-eventstoredb.js';
import { aCall, anEvent, anna, boris } from '#test/support/store-events.js';
import { collect, failureIn, happened, typesOf } from '#test/support/store-harness.js';
import { rejectionOf } from '#test/support/rejection.js';

const patience = { bound: 400, firstPause: 5, longestPause: 40 };

describe('an EventStoreDB that is not ours alone', () => {
  const clock = fakeClock();
  let server: FakeEventStoreDb;
  let data = '';

  beforeEach(async () => {
    server = await startFakeEventStoreDb(clock);
    data = await mkdtemp(join(tmpdir(), 'trunkline-esdb-'));
  });
  afterEach(async () => {
    await server.stop();
    await rm(data, { recursive: true, force: true });
  });
  const within = (namespace: string): string => `${server.connectionString}&namespace=${namespace}`;
  const write = (stream: string, type: string, metadata: object, body = '{}'): unknown =>
    server.log.append({
      stream,
      expected: 'any',
      events: [
        {
          id: '01563e3a-b5d3-d676-4c61-efb99302bd5b',
          type,
          contentType: 'application/json',
          data: Buffer.from(body),
          metadata: Buffer.from(JSON.stringify(metadata)),
        },
      ],
    });

  it('keeps the logs of two Trunklines apart, also where their agents have the same names', async () => {
    const [one, two] = [await openOn(within('one'), clock), await openOn(within('two'), clock)];
    const heard: RecordedEvent[] = [];
    const { caughtUp } = one.events.subscribe({
      after: 0,
      handle: (events) => void heard.push(...events),
      onStopped: () => undefined,
    });
    await happened(two.events, anna, 'LoggedOn', 'Ready');
    expect(await happened(one.events, anna, 'NotReady')).to.have.nested.property('[0].revision', 0);
    await caughtUp;
    expect(typesOf(await collect(one.events.readAll({ after: 0 })))).to.deep.equal(['NotReady']);
    const loggedOn = await collect(one.events.readAll({ after: 0, filter: { types: ['LoggedOn', 'Ready'] } }));
    expect(loggedOn).to.deep.equal([]);
    expect(typesOf(await two.events.readStream(anna))).to.deep.equal(['LoggedOn', 'Ready']);
    while (heard.length === 0) await happened(two.events, boris, 'Ready');
    expect(typesOf(heard)).to.deep.equal(['NotReady']);
    expect(server.log.streamOf(`one.${anna}`)).to.have.length(1);
    await Promise.all([one.close(), two.close()]);
  });

  it('shows other tools what an event led to, in words that they know', async () => {
    const store = await openOn(server.connectionString, clock);
    const event = anEvent('CallHeld', { by: 'anna' });
    await store.events.append({ stream: anna, expected: 'no-stream', events: [event] });
    await store.close();
    const [stored] = server.log.streamOf(anna);
    expect(stored).to.include({ type: 'CallHeld', contentType: 'application/json' });
    expect(JSON.parse(Buffer.from(stored?.data ?? []).toString())).to.deep.equal({ by: 'anna' });
    expect(JSON.parse(Buffer.from(stored?.metadata ?? []).toString())).to.deep.include({
      $correlationId: event.meta.correlationId,
      $causationId: event.meta.causationId,
      merchantId: 'acme',
    });
  });

  it('does not take another application’s events for its own, and says what to do about it', async () => {
    const store = await openOn(server.connectionString, clock);
    const stopped = new Promise<Error>((resolve) => {
      store.events.subscribe({ after: 0, handle: () => undefined, onStopped: resolve });
    });
    write('call-1', 'CallDelivered', { traceId: 'x' });
    expect(await stopped).to.deep.include({ failure: 'corrupt' });
    expect((await stopped).message)
      .to.include('none of Trunkline’s')
      .and.to.include('a namespace of its own');
    expect(await failureIn(collect(store.events.readAll({ after: 0 })))).to.include({ failure: 'corrupt' });
    await store.close();
  });

  it('cannot be written in a stream that nobody would read', async () => {
    const store = await openOn(server.connectionString, clock);
    const stream = 'parcel-acme.1' as never;
    expect(await rejectionOf(store.events.append({ stream, expected: 'any', events: [anEvent()] }))).to.equal(
      'the log has no streams like parcel-acme.1',
    );
    await store.close();
  });

  it('takes no event that is larger than it allows, and says which setting of the server that is', async () => {
    const store = await openOn(server.connectionString, clock, { patience });
    const large = anEvent('PageViewed', { page: 'x'.repeat(2 * 1024 * 1024) });
    const failure = await failureIn(store.events.append({ stream: aCall(), expected: 'any', events: [large, large] }));
    expect(failure).to.include({ failure: 'io' });
    expect(failure.message).to.include('MaxAppendSize');
    expect(await happened(store.events, anna, 'LoggedOn')).to.have.nested.property('[0].outcome', 'appended');
    await store.close();
  });

  it('is found by asking the hosts which of them leads', async () => {
    const store = await openOn(server.discoverString, clock);
    expect(await happened(store.events, anna, 'LoggedOn')).to.have.nested.property('[0].outcome', 'appended');
    await store.close();
  });

  it('is read by operators’ tools beside whoever writes', async () => {
    const store = await openOn(within('one'), clock);
    await happened(store.events, anna, 'LoggedOn', 'Ready');
    expect(await collect(readEventStoreDbLog(within('one')))).to.deep.equal(await store.events.readStream(anna));
    expect(await collect(readEventStoreDbLog(within('two')))).to.deep.equal([]);
    await store.close();
  });

  it('remembers beside the log, over a restart, what was dealt with, in a file that is no log', async () => {
    const settings = { connectionString: within('one'), data, clock };
    const before = await openEventStoreDbStore(settings);
    await before.checkpoints.save('process', 4711);
    await before.effects.begin('dial/1');
    await before.close();
    const after = await openEventStoreDbStore(settings);
    expect(await after.checkpoints.load('process')).to.equal(4711);
    expect(await after.effects.begin('dial/1')).to.equal('in-doubt');
    await after.close();
    expect((await readdir(data)).filter((name) => name.endsWith('.db'))).to.deep.equal(['beside-eventstoredb-one.db']);
    const embedded = await openSqliteStore({ file: join(data, 'events.db'), clock });
    expect(await embedded.checkpoints.load('process')).to.equal(0);
    await embedded.close();
  });

  it('that is not there is said so at once when Trunkline starts, without the password', async () => {
    await server.link.cut();
    const opening = openEventStoreDbStore({ connectionString: server.connectionString, data, clock, patience });
    const failure = await failureIn(opening);
    expect(failure.message).to.equal(`EventStoreDB at esdb://127.0.0.1:${server.link.port}: it cannot be reached`);
    const secure = `esdb://trunk:hunter2@127.0.0.1:${server.link.port}`;
    const refused = await failureIn(openEventStoreDbStore({ connectionString: secure, data, clock, patience }));
    expect(String(refused.stack) + JSON.stringify(refused)).not.to.include('hunter2');
    await server.link.mend();
  });
});
