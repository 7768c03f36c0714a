import { statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { openForWriting } from '#adapters/event-store/sqlite/open-database.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import type { Store } from '#adapters/event-store/store.js';
import { instant } from '#domain/kernel/time.js';
import { fakeClock, mondayMorning } from '#test/support/fake-clock.js';
import { storeDirectory } from '#test/support/store-directory.js';
import { aCall, anEvent, anna } from '#test/support/store-events.js';
import { collect, failureIn, happened, positionsOf } from '#test/support/store-harness.js';

describe('a log in SQLite that is opened again', () => {
  const directory = storeDirectory();
  const open = (file: string, clock = fakeClock()): Promise<Store> => openSqliteStore({ file, clock });

  const written = async (): Promise<string> => {
    const file = directory.newFile();
    const { events, effects, checkpoints, close } = await open(file);
    await happened(events, anna, 'LoggedOn', 'Ready');
    await effects.begin('dial/1');
    await effects.begin('dial/2');
    await effects.complete('dial/2');
    await checkpoints.save('call-journeys', 2);
    await close();
    return file;
  };

  it('goes on where it was: positions, revisions, expectations', async () => {
    const { events, close } = await open(await written());
    const stale = await events.append({ stream: anna, expected: 'no-stream', events: [anEvent()] });
    const seen = await events.append({ stream: anna, expected: 1, events: [anEvent('NotReady')] });
    const other = await events.append({ stream: aCall(), expected: 'no-stream', events: [anEvent('Ready')] });
    expect(stale).to.deep.equal({ outcome: 'conflict', actual: 1 });
    expect(seen).to.deep.equal({ outcome: 'appended', revision: 2, position: 3 });
    expect(other).to.deep.equal({ outcome: 'appended', revision: 0, position: 4 });
    const ready = await collect(events.readAll({ after: 0, filter: { types: ['Ready'] } }));
    expect(positionsOf(ready)).to.deep.equal([2, 4]);
    await close();
  });

  it('knows which effects were done, and which a crash may have cut off', async () => {
    const { effects, close } = await open(await written());
    expect(await effects.begin('dial/1')).to.equal('in-doubt');
    expect(await effects.begin('dial/2')).to.equal('done');
    await close();
  });

  it('knows how far each consumer was, and lets it follow from there', async () => {
    const { events, checkpoints, close } = await open(await written());
    const after = await checkpoints.load('call-journeys');
    const seen: number[] = [];
    const subscription = events.subscribe({
      after: after - 1,
      handle: (batch) => {
        seen.push(...positionsOf(batch));
      },
      onStopped: () => undefined,
    });
    await subscription.caughtUp;
    expect([after, seen]).to.deep.equal([2, [2]]);
    await close();
  });

  it('does not go back in time, though the machine’s clock has', async () => {
    const { events, close } = await open(await written(), fakeClock(instant(mondayMorning - 60_000)));
    await happened(events, anna, 'NotReady');
    expect((await events.readStream(anna, 2))[0]?.recordedAt).to.equal(mondayMorning);
    await close();
  });

  it('waits for the disk again, though SQLite forgets that', async () => {
    const database = openForWriting(await written());
    expect(database.pragma('synchronous', { simple: true })).to.equal(2);
    expect(database.pragma('journal_mode', { simple: true })).to.equal('wal');
    database.close();
  });

  it('is nobody’s to read but its owner’s', async () => {
    const file = await written();
    const { events, close } = await open(file);
    await happened(events, anna, 'NotReady');
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(file + suffix).mode & 0o077, suffix).to.equal(0);
    await close();
  });
});

describe('a log in SQLite is not opened', () => {
  const directory = storeDirectory();
  const open = (file: string): Promise<Store> => openSqliteStore({ file, clock: fakeClock() });

  it('twice, by whatever way one comes to the file; who has it keeps it', async () => {
    const file = directory.newFile();
    const first = await open(file);
    const link = join(directory.path(), 'link.db');
    symlinkSync(file, link);
    const roundabout = `${dirname(file)}/../${basename(dirname(file))}/${basename(file)}`;
    for (const way of [file, link, roundabout]) {
      expect((await failureIn(open(way))).failure).to.equal('locked-by-another-process');
    }
    await happened(first.events, anna, 'LoggedOn');
    await first.close();

    const second = await open(link);
    expect(await second.events.lastPosition()).to.equal(1);
    await second.close();
  });

  it('when the file is no database, and stays as it is', async () => {
    const file = directory.newFile();
    writeFileSync(file, 'Dear diary, '.repeat(1000));
    const refused = await failureIn(open(file));
    expect(refused.failure).to.equal('corrupt');
    expect(statSync(file).size).to.equal(12_000);
  });

  it('when the file is a database of something else', async () => {
    const file = directory.newFile();
    const other = new Database(file);
    other.exec('CREATE TABLE customers (name TEXT)');
    other.close();
    expect((await failureIn(open(file))).message).to.equal('the file is no event log');
  });

  it('when a newer version of the program wrote it', async () => {
    const file = directory.newFile();
    await (await open(file)).close();
    const database = new Database(file);
    database.pragma('user_version = 99');
    database.close();
    const refused = await failureIn(open(file));
    expect(refused.failure).to.equal('corrupt');
    expect(refused.message).to.contain('format 99');
  });

  it('where it may not be, and may be opened elsewhere then', async () => {
    const inTheWay = directory.newFile();
    writeFileSync(inTheWay, '');
    expect((await failureIn(open(join(inTheWay, 'log.db')))).failure).to.equal('io');
    await (await open(directory.newFile())).close();
  });
});
