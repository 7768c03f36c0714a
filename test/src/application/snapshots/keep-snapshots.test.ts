import { expect } from 'chai';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import type { LogEvent } from '#domain/events.js';
import type { ErasureId } from '#domain/kernel/ids.js';
import type { EventId } from '#domain/kernel/message.js';
import type { Subject } from '#domain/privacy/subject.js';
import { forgetChanges } from '#src/application/live-views.js';
import { emptyLogState, folderOf, type LogState } from '#src/application/log-state.js';
import { keepSnapshots, type SnapshotKeeper } from '#src/application/snapshots/keep-snapshots.js';
import { decodeSnapshot, encodeSnapshot } from '#src/application/snapshots/snapshot-format.js';
import { logOf, recordBusyDay } from '#test/support/busy-day/busy-day.js';
import { fakeClock } from '#test/support/fake-clock.js';
import { temporarySnapshots } from '#test/support/temporary-snapshots.js';

describe('whoever keeps snapshots', () => {
  let log: readonly LogEvent[];
  let { events: store } = memoryStore({ clock: fakeClock() });
  let snapshots: ReturnType<typeof temporarySnapshots>;
  let said: string[] = [];
  let taken: number[] = [];
  const nothing = (): void => undefined;
  const debug = (fields: object): void => {
    if ('position' in fields) taken.push(Number(fields.position));
  };
  const ear = { debug, info: nothing, warn: (_fields: object, message: string) => void said.push(message) };
  const write = async (events: readonly LogEvent[]): Promise<void> => {
    for (const { stream, ...event } of events) await store.append({ stream, expected: 'any', events: [event] });
  };
  const stateAt = async (position: number): Promise<LogState> => {
    const state = emptyLogState();
    const fold = folderOf(state);
    for await (const event of store.readAll({ after: 0, limit: position })) fold(event);
    forgetChanges(state.folds);
    return state;
  };
  const stateKept = async (position: number): Promise<LogState> => {
    const loaded = await snapshots.load(position);
    if (loaded.outcome === 'unusable') throw new Error(loaded.why);
    return decodeSnapshot(loaded.bytes);
  };
  const keep = (every: number, from: Partial<Parameters<typeof keepSnapshots>[0]['from']> = {}): SnapshotKeeper => {
    const keeper = keepSnapshots({
      store,
      snapshots,
      from: { position: 0, saved: 0, log: '', ...from },
      every,
      log: { ...ear, error: ear.warn },
    });
    keeper.begin();
    return keeper;
  };
  const receipt = (subject: string): LogEvent => ({
    ...(log[0] as LogEvent),
    type: 'SubjectKeyDestroyed',
    stream: 'erasure-palm-pier-1.7' as ErasureId,
    id: 'receipt' as EventId,
    data: { subject: subject as Subject },
  });
  before(async () => {
    log = [...logOf(await recordBusyDay(), 4)];
  });
  beforeEach(async () => {
    [store, snapshots, said] = [memoryStore({ clock: fakeClock() }).events, temporarySnapshots(), []];
    taken = [];
    await write(log);
  });
  afterEach(() => {
    snapshots.remove();
  });

  it('takes down at the end exactly what is settled, and no more', async () => {
    for (const settled of [1, 513, 700]) {
      await snapshots.forgetBefore(Infinity);
      const keeper = keep(1_000_000);
      keeper.settled(settled);
      await keeper.close();
      expect(await snapshots.kept()).to.deep.equal([settled]);
      expect(await stateKept(settled)).to.deep.equal(await stateAt(settled));
    }
    expect(said).to.deep.equal([]);
  });

  it('takes one after each so many events, while the log goes on', async () => {
    const keeper = keep(300);
    for (let settled = 100; settled <= log.length; settled += 100) keeper.settled(settled);
    keeper.settled(log.length);
    await keeper.close();
    expect(taken.length).to.be.greaterThan(1);
    expect(taken.at(-1)).to.equal(log.length);
    expect(await snapshots.kept()).to.have.length.at.most(2);
  });

  it('goes on from what is given to it, as if it had read it all', async () => {
    const bytes = encodeSnapshot(await stateAt(600), log[0]?.id ?? '');
    const keeper = keep(1_000_000, { position: 600, saved: 600, bytes, log: log[0]?.id ?? '' });
    keeper.settled(log.length);
    await keeper.close();
    expect(await stateKept(log.length)).to.deep.equal(await stateAt(log.length));
  });

  it('keeps nothing of before the key of a person was destroyed, without being asked', async () => {
    for (const position of [100, 200]) await snapshots.save({ position, bytes: new Uint8Array(1) });
    const contact = log.find(({ type }) => type === 'IconClicked')?.meta.contactId ?? '';
    await write([receipt(contact)]);
    const keeper = keep(1_000_000, { position: 0, saved: 200 });
    keeper.settled(log.length + 1);
    await keeper.close();
    expect(await snapshots.kept()).to.deep.equal([log.length + 1]);
  });

  it('renews for whoever asks, and answers when nothing older is left', async () => {
    await snapshots.save({ position: 100, bytes: new Uint8Array(1) });
    const keeper = keep(1_000_000, { position: 0, saved: 100 });
    const renewed = keeper.renewed(500);
    keeper.settled(510);
    await renewed;
    expect((await snapshots.kept()).every((position) => position >= 500)).to.equal(true);
    await keeper.close();
  });

  it('says so when it cannot go on, lets the product stop in order, and deletes what is to be deleted', async () => {
    await snapshots.save({ position: 100, bytes: new Uint8Array(1) });
    const keeper = keep(1_000_000, { position: 600, saved: 600, bytes: Buffer.from('no state'), log: 'a log' });
    keeper.settled(log.length);
    await keeper.renewed(log.length);
    expect(await snapshots.kept()).to.deep.equal([]);
    await keeper.close();
    expect(said.join()).to.match(/snapshots are no longer taken/);
    expect(said.join()).to.match(/no snapshot could be taken/);
  });
});
