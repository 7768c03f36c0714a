import { expect } from 'chai';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import type { LogEvent } from '#domain/events.js';
import type { EventId } from '#domain/kernel/message.js';
import type { Log } from '#src/application/log.js';
import { emptyLogState, folderOf } from '#src/application/log-state.js';
import { recall, type Recalled } from '#src/application/snapshots/recall.js';
import { encodeSnapshot } from '#src/application/snapshots/snapshot-format.js';
import { logOf, recordBusyDay } from '#test/support/busy-day/busy-day.js';
import { fakeClock } from '#test/support/fake-clock.js';
import { readOn } from '#test/support/read-on.js';
import { temporarySnapshots } from '#test/support/temporary-snapshots.js';

describe('a start', () => {
  let log: readonly LogEvent[];
  let store = memoryStore({ clock: fakeClock() });
  let snapshots: ReturnType<typeof temporarySnapshots>;
  let said: string[] = [];
  const ear: Log = {
    debug: () => undefined,
    info: (_fields, message) => void said.push(message),
    warn: (fields, message) => void said.push(`${message}: ${JSON.stringify(fields)}`),
    error: (_fields, message) => void said.push(message),
  };
  const write = async (events: readonly LogEvent[]): Promise<void> => {
    for (const { stream, ...event } of events) {
      await store.events.append({ stream, expected: 'any', events: [event] });
    }
  };
  const snapshotAt = async (position: number): Promise<Uint8Array> => {
    const state = emptyLogState();
    const fold = folderOf(state);
    for await (const event of store.events.readAll({ after: 0, limit: position })) fold(event);
    return encodeSnapshot(state, log[0]?.id ?? '');
  };
  const keep = async (position: number): Promise<void> =>
    snapshots.save({ position, bytes: await snapshotAt(position) });
  const start = (settled = log.length): Promise<Recalled> =>
    recall({ store: store.events, snapshots, settled, log: ear });
  before(async () => {
    log = [...logOf(await recordBusyDay(), 1)];
  });
  beforeEach(async () => {
    [store, snapshots, said] = [memoryStore({ clock: fakeClock() }), temporarySnapshots(), []];
    await write(log);
  });
  afterEach(() => {
    snapshots.remove();
  });

  it('begins with the newest snapshot, and comes to what the whole log says', async () => {
    for (const position of [100, 200]) await keep(position);
    const recalled = await start();
    expect(recalled.position).to.equal(200);
    const whole = await readOn(store.events, emptyLogState());
    expect(await readOn(store.events, recalled.state())).to.deep.equal(whole);
    expect(recalled.state().position, 'a second copy is as the first one was').to.equal(200);
    expect(said).to.deep.equal([]);
  });

  it('without a snapshot reads the whole log, and says so', async () => {
    expect((await start()).position).to.equal(0);
    expect(said).to.deep.equal(['there is no snapshot to begin with; the whole log is read']);
  });

  const unusable: Record<string, [RegExp, () => Promise<void>]> = {
    'a damaged snapshot': [
      /cannot be read/,
      async () => {
        const bytes = await snapshotAt(200);
        await snapshots.save({ position: 200, bytes: bytes.subarray(0, bytes.length - 40) });
      },
    ],
    'something else in its place': [
      /cannot be read/,
      () => snapshots.save({ position: 200, bytes: Buffer.from('no snapshot') }),
    ],
    'a snapshot of another log': [
      /of another log/,
      async () => {
        const state = await readOn(store.events, emptyLogState());
        await snapshots.save({ position: log.length, bytes: encodeSnapshot(state, 'another') });
      },
    ],
    'a snapshot that is ahead of the log, which was put back to an older backup': [
      /ahead of the log/,
      async () => {
        await keep(200);
        store = memoryStore({ clock: fakeClock() });
        await write(log.slice(0, 150));
      },
    ],
    'a snapshot of a log that was put back and has gone on another way': [
      /gone another way/,
      async () => {
        await keep(200);
        store = memoryStore({ clock: fakeClock() });
        await write(log.slice(0, 150));
        await write(log.slice(150).map((event) => ({ ...event, id: `${event.id}-again` as EventId })));
      },
    ],
    'a snapshot by another version of the program': [
      /another version/,
      async () => {
        const text = Buffer.from(await snapshotAt(200)).toString('latin1');
        await snapshots.save({ position: 200, bytes: Buffer.from(text.replace('ani-index', 'ani-inwex'), 'latin1') });
      },
    ],
  };

  for (const [what, [why, happens]] of Object.entries(unusable)) {
    it(`does not use ${what}, but the one before, and says why`, async () => {
      await keep(100);
      await happens();
      const recalled = await start();
      expect(recalled.position).to.equal(100);
      expect(said.join()).to.match(why);
      expect(await readOn(store.events, recalled.state())).to.deep.equal(await readOn(store.events, emptyLogState()));
    });
  }

  it('does not use a snapshot of further on than its consequences were dealt with', async () => {
    for (const position of [100, 200]) await keep(position);
    expect((await start(199)).position).to.equal(100);
    expect(said.join()).to.match(/only up to 199/);
  });
});
