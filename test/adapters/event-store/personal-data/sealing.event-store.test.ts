import { randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import { sealingEventStore, type SealingEventStore } from '#adapters/event-store/personal-data/sealing.event-store.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import type { Store } from '#adapters/event-store/store.js';
import { keyRing } from '#adapters/keys/key-ring.js';
import { memoryKeyStore } from '#adapters/keys/memory/memory.key-store.js';
import { EventStoreFailure } from '#domain/contracts/event-store.js';
import { KeyFailure, type SubjectKeys } from '#domain/contracts/keys.js';
import { contactId, iconSessionId, type IconSessionId } from '#domain/kernel/ids.js';
import type { NewEvent, RecordedEvent } from '#domain/kernel/message.js';
import { erasedPage } from '#domain/privacy/erased.js';
import { subjectOf, type Subject } from '#domain/privacy/subject.js';
import { instant } from '#domain/kernel/time.js';
import { eventStoreContract } from '#test/contracts/event-store.contract.js';
import { fakeClock } from '#test/support/fake-clock.js';
import { freshDirectory } from '#test/support/fresh-directory.js';
import { acme, anEvent } from '#test/support/store-events.js';
import { collect, failureIn } from '#test/support/store-harness.js';

const secrets = [randomBytes(32)] as const;
const keysInMemory = (): SubjectKeys => keyRing(memoryKeyStore(), secrets);
const sealed = (store: Store, keys: SubjectKeys = keysInMemory()): Store & { events: SealingEventStore } => ({
  ...store,
  events: sealingEventStore(store.events, keys),
});

describe('the log that seals personal data, in memory', () => {
  eventStoreContract((clock) => Promise.resolve(sealed(memoryStore({ clock }))));
});

const session = (name: string): IconSessionId => iconSessionId(acme, name);
const pageOf = (whose: string): object => ({
  page: { url: `https://shop.example/?who=${whose}-canary`, title: `${whose}-canary`, at: 7 },
});
const viewed = (whose: string): NewEvent => {
  const event = anEvent('PageViewed', pageOf(whose));
  return { ...event, meta: { ...event.meta, contactId: contactId(acme, whose) } };
};
const subject = (whose: string): Subject => subjectOf(contactId(acme, whose));

describe('what a customer has done, in a log that seals personal data', () => {
  const directory = freshDirectory();
  const open = (keys: SubjectKeys): Promise<Store & { events: SealingEventStore }> =>
    openSqliteStore({ file: join(directory.path, 'events.db'), clock: fakeClock() }).then((store) =>
      sealed(store, keys),
    );
  const bytesOnDisk = async (): Promise<Buffer> =>
    Buffer.concat(
      await Promise.all((await readdir(directory.path)).map((name) => readFile(join(directory.path, name)))),
    );

  /** Everything there is, as who follows the log is handed it. */
  const follow = async (store: Store): Promise<RecordedEvent[]> => {
    const seen: RecordedEvent[] = [];
    const handle = (events: readonly RecordedEvent[]): void => void seen.push(...events);
    await store.events.subscribe({ after: 0, handle, onStopped: () => undefined }).caughtUp;
    return seen;
  };

  it('is read by everybody in the product, and by nobody who has the files', async () => {
    const store = await open(keysInMemory());
    await store.events.append({ stream: session('mary'), expected: 'no-stream', events: [viewed('mary')] });
    const seen = await follow(store);
    const [read] = await store.events.readStream(session('mary'));
    expect(read?.data).to.deep.equal(pageOf('mary'));
    expect((await collect(store.events.readAll({ after: 0 })))[0]?.data).to.deep.equal(pageOf('mary'));
    expect((await store.events.readAt([1]))[0]?.data).to.deep.equal(pageOf('mary'));
    expect(seen.map(({ data }) => data)).to.deep.equal([pageOf('mary')]);
    expect((await bytesOnDisk()).includes('canary')).to.equal(false);
    await store.close();
    expect((await bytesOnDisk()).includes('PageViewed')).to.equal(true);
  });

  it('is erased for all who read, live or later, and another customer’s is not', async () => {
    const store = await open(keysInMemory());
    for (const whose of ['mary', 'john']) {
      await store.events.append({ stream: session(whose), expected: 'no-stream', events: [viewed(whose)] });
    }
    const before = await readFile(join(directory.path, 'events.db-wal'));
    expect((await follow(store)).map(({ data }) => data)).to.deep.equal([pageOf('mary'), pageOf('john')]);
    await store.events.erase([subject('mary')]);

    const left = { page: erasedPage({ url: '', title: '', at: instant(7) }) };
    const expected = [left, pageOf('john')];
    expect((await collect(store.events.readAll({ after: 0 }))).map(({ data }) => data)).to.deep.equal(expected);
    await store.events.append({ stream: session('mary'), expected: 0, events: [viewed('mary')] });
    const seen = await follow(store);
    expect(seen.map(({ data }) => data)).to.deep.equal([...expected, left]);
    const log = await readFile(join(directory.path, 'events.db-wal'));
    expect(log.subarray(0, before.length).equals(before), 'what was recorded stays as it was').to.equal(true);
    expect(log.includes('canary')).to.equal(false);
    await store.close();
  });

  it('cannot be moved to another event', async () => {
    const log = memoryStore({ clock: fakeClock() });
    const keys = keysInMemory();
    const { events } = sealed(log, keys);
    await events.append({ stream: session('mary'), expected: 'any', events: [viewed('mary'), viewed('mary')] });
    const [first, second] = await log.events.readStream(session('mary'));
    const box = (first?.data as { sealed: string }).sealed;
    const forged = { ...viewed('mary'), data: { ...second?.data, sealed: box } };
    await log.events.append({ stream: session('mary'), expected: 'any', events: [forged] });
    const failure = await failureIn(events.readStream(session('mary')));
    expect(failure.failure).to.equal('corrupt');
    expect(failure.message).to.include('contact-acme.mary');
  });

  it('is missed, not taken for erased, when the keys are lost', async () => {
    const log = memoryStore({ clock: fakeClock() });
    await sealed(log).events.append({ stream: session('mary'), expected: 'any', events: [viewed('mary')] });
    const failure = await failureIn(sealed(log).events.readStream(session('mary')));
    expect(failure).to.deep.include({ failure: 'corrupt' });
    expect(failure.message).to.match(/contact-acme\.mary.*restore the keys\.db/);
  });

  it('is not recorded before its key is on the disk, and not at all when the disk refuses the key', async () => {
    const log = memoryStore({ clock: fakeClock() });
    let refuse = (_why: Error): void => undefined;
    let saved = (): void => undefined;
    const store = memoryKeyStore();
    const slow = keyRing(
      {
        ...store,
        save: (key, wrapping) =>
          new Promise<void>((resolve, reject) => {
            refuse = reject;
            saved = () => void store.save(key, wrapping).then(resolve);
          }),
      },
      secrets,
    );
    const { events } = sealed(log, slow);
    const full = events.append({ stream: session('mary'), expected: 'any', events: [viewed('mary')] });
    const alsoFull = events.append({ stream: session('mary'), expected: 'any', events: [viewed('mary')] });
    expect(await log.events.lastPosition()).to.equal(0);
    refuse(new KeyFailure('disk-full', 'no room'));
    for (const append of [full, alsoFull]) {
      const failure = await failureIn(append);
      expect(failure).to.be.instanceOf(EventStoreFailure);
      expect(failure.failure).to.equal('disk-full');
    }
    expect(await log.events.lastPosition()).to.equal(0);

    const again = events.append({ stream: session('mary'), expected: 'any', events: [viewed('mary')] });
    saved();
    expect((await again).outcome).to.equal('appended');
  });

  it('is written in the log in the form that an erasure leaves, with the rest in one box', async () => {
    const log = memoryStore({ clock: fakeClock() });
    await sealed(log).events.append({ stream: session('mary'), expected: 'any', events: [viewed('mary')] });
    const [kept] = await log.events.readStream(session('mary'));
    expect(kept?.data).to.have.all.keys('page', 'sealed');
    expect((kept?.data as { page: object }).page).to.deep.equal({
      url: 'https://erased.invalid/',
      title: '(erased)',
      at: 7,
    });
  });
});
