import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import type { EventPublisher } from '#domain/contracts/event-publisher.js';
import type { Subscribe } from '#domain/contracts/event-store.js';
import { publishLog, type LogPublication, type PublishLog } from '#src/application/publish-log.js';
import { fakeClock, type FakeClock } from '#test/support/fake-clock.js';
import { callsGoOn } from '#test/support/kafka/contacts.js';

type Handed = Readonly<{ positions: readonly number[]; taken: () => void }>;

describe('a log that is published', () => {
  let clock: FakeClock;
  let store: ReturnType<typeof memoryStore>;
  let handed: Handed[];
  let trouble: string | undefined;
  let said: string[];
  let publication: LogPublication;

  const hear = (_fields: object, message: string): void => void said.push(message);
  const publisher: EventPublisher = {
    publish: (events) =>
      new Promise((resolve) => {
        handed.push({ positions: events.map(({ position }) => position), taken: resolve });
      }),
    trouble: () => trouble,
    close: async () => undefined,
  };
  const start = async (tools: Partial<PublishLog> = {}): Promise<void> => {
    const log = { debug: hear, info: hear, warn: hear, error: hear };
    const { events, checkpoints } = store;
    publication = await publishLog({
      name: 'test',
      store: events,
      checkpoints,
      publisher,
      clock,
      log,
      warnAfter: 5_000,
      ...tools,
    });
  };
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const till = async (what: string, holds: () => boolean): Promise<void> => {
    for (let turns = 0; !holds(); turns += 1) {
      if (turns > 5_000) throw new Error(`waited in vain until ${what}`);
      clock.advance(1);
      await turn();
    }
  };
  const handedOn = (): number => handed.reduce((sum, { positions }) => sum + positions.length, 0);

  beforeEach(() => {
    clock = fakeClock();
    store = memoryStore({ clock });
    [handed, trouble, said] = [[], undefined, []];
  });
  afterEach(async () => {
    trouble = 'the test is over';
    await publication.close();
  });

  it('takes calls at their pace while those it tells take nothing, and holds only so much of them in memory', async () => {
    await start();
    await callsGoOn(store.events, 30_000);
    await till('it has handed on what it may', () => handedOn() >= 12_000);
    for (let turns = 0; turns < 50; turns += 1) await turn();
    expect(handedOn()).to.be.lessThan(14_000);
    expect(publication.health().position).to.equal(0);
    await till('all is taken', () => {
      for (const { taken } of handed) taken();
      return publication.health().position === 30_000;
    });
    expect(handed.flatMap(({ positions }) => positions)).to.deep.equal(
      Array.from({ length: 30_000 }, (_, nth) => nth + 1),
    );
  });

  it('goes on after a restart from what was taken with nothing untaken before it', async () => {
    await callsGoOn(store.events, 3_000);
    await start();
    await till('all is handed on', () => handedOn() === 3_000);
    const untaken = handed[1]?.positions[0] ?? 0;
    for (const each of handed) if (each !== handed[1]) each.taken();
    await till('it is remembered', () => publication.health().position === untaken - 1);
    trouble = 'the brokers are away';
    await publication.close();
    expect(await store.checkpoints.load('publish:test')).to.equal(untaken - 1);
    handed = [];
    trouble = undefined;
    await start();
    await till('it is told again', () => handed.length > 0);
    expect(handed[0]?.positions[0]).to.equal(untaken);
  });

  it('warns once when events wait for too long, and says once when they no longer do', async () => {
    await start();
    await callsGoOn(store.events, 10);
    await till('they are handed on', () => handedOn() === 10);
    clock.advance(1_000);
    await turn();
    expect(said).to.deep.equal([]);
    for (let second = 0; second < 10; second += 1) {
      clock.advance(1_000);
      await turn();
    }
    expect(said).to.deep.equal(['events wait to be published']);
    expect(publication.health()).to.deep.equal({ name: 'test', position: 0, lag: 10, state: 'late' });
    for (const { taken } of handed) taken();
    await till('it is over', () => publication.health().state === 'up-to-date');
    expect(said).to.deep.equal(['events wait to be published', 'events are published without delay again']);
  });

  it('follows the log again from where it was when the log could not be read for a while', async () => {
    const subscriptions: Subscribe[] = [];
    const flaky = {
      ...store.events,
      subscribe: (subscribe: Subscribe) => {
        subscriptions.push(subscribe);
        return store.events.subscribe(subscribe);
      },
    };
    await callsGoOn(store.events, 20);
    await start({ store: flaky });
    await till('all is handed on', () => handedOn() === 20);
    subscriptions[0]?.onStopped(new Error('the disk is gone'));
    await till('it is followed again', () => subscriptions.length === 2);
    expect(subscriptions[1]?.after).to.equal(20);
  });
});
