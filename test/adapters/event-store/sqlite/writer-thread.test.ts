import type { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import type { Store } from '#adapters/event-store/store.js';
import { fakeClock } from '#test/support/fake-clock.js';
import { storeDirectory } from '#test/support/store-directory.js';
import { aCall, anEvent, anna } from '#test/support/store-events.js';
import { failureIn, happened, range, typesOf } from '#test/support/store-harness.js';

/** Opens a store and gives also the thread that it has started. */
const openWithThread = async (file: string): Promise<{ store: Store; thread: Worker }> => {
  const started = new Promise<Worker>((resolve) => process.once('worker', resolve));
  const store = await openSqliteStore({ file, clock: fakeClock() });
  return { store, thread: await started };
};

describe('when the thread that writes ends unasked', () => {
  const directory = storeDirectory();
  let file: string;
  let store: Store;
  let thread: Worker;

  beforeEach(async () => {
    file = directory.newFile();
    ({ store, thread } = await openWithThread(file));
    await happened(store.events, anna, 'LoggedOn');
  });

  it('whoever waits for an answer is told that there will be none', async () => {
    const asked = [
      ...range(1, 50).map(() => store.events.append({ stream: aCall(), expected: 'any', events: [anEvent()] })),
      store.effects.begin('dial/1'),
      store.checkpoints.save('desk', 1),
    ];
    const failures = asked.map(failureIn);
    await thread.terminate();
    for (const failure of failures) expect((await failure).failure).to.equal('io');
    await store.close();
  });

  it('whoever comes later is told so, and may still read', async () => {
    await thread.terminate();
    const refused = await failureIn(store.events.append({ stream: anna, expected: 'any', events: [anEvent()] }));
    expect(refused.failure).to.equal('io');
    expect(refused.message).to.match(/^the writer of the event log has ended/);
    expect(typesOf(await store.events.readStream(anna))).to.deep.equal(['LoggedOn']);
    await store.close();
  });

  it('whoever follows the log is told that nothing more will come', async () => {
    const stopped = new Promise<Error>((resolve) => {
      store.events.subscribe({ after: 0, handle: () => undefined, onStopped: resolve });
    });
    await thread.terminate();
    expect((await stopped).message).to.match(/^the writer of the event log has ended/);
    await store.close();
  });

  it('the log may be opened again, and has all that was acknowledged', async () => {
    await thread.terminate();
    await store.close();
    const again = await openSqliteStore({ file, clock: fakeClock() });
    expect(typesOf(await again.events.readStream(anna))).to.deep.equal(['LoggedOn']);
    await happened(again.events, anna, 'Ready');
    await again.close();
  });
});

describe('an effect that was completed', () => {
  const directory = storeDirectory();

  it('is done after a restart, though nobody waited for that', async () => {
    const file = directory.newFile();
    const first = await openSqliteStore({ file, clock: fakeClock() });
    await first.effects.begin('dial/1');
    await first.effects.complete('dial/1');
    await first.close();
    const second = await openSqliteStore({ file, clock: fakeClock() });
    expect(await second.effects.begin('dial/1')).to.equal('done');
    await second.close();
  });
});
