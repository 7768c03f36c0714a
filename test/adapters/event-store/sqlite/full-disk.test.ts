import type Database from 'better-sqlite3';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { groupCommit } from '#adapters/event-store/sqlite/group-commit.js';
import { openForReading, openForWriting } from '#adapters/event-store/sqlite/open-database.js';
import type { BatchReport } from '#adapters/event-store/sqlite/write-batch.js';
import { batchOf } from '#test/support/store-batch.js';
import { storeDirectory } from '#test/support/store-directory.js';
import { anna, boris } from '#test/support/store-events.js';
import { range } from '#test/support/store-harness.js';
import {
  limitsArePossible,
  smallDisksArePossible,
  storeOnSmallDisk,
  storeWithinLimits,
} from '#test/support/store-processes.js';
import type { SmallDiskReport } from '#test/support/store-on-small-disk.child.js';

const noMore = (): undefined => undefined;

const outcomesOf = (reports: readonly BatchReport[]): string[] =>
  reports.map((report) => ('failure' in report ? report.failure : report.outcome));

describe('a full disk', () => {
  const directory = storeDirectory();

  /** The database may not grow: SQLite then fails where and as it does on a full disk. */
  const withoutRoom = (database: Database.Database): (() => void) => {
    const largest = database.pragma('max_page_count', { simple: true }) as number;
    database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true }) as number}`);
    return () => {
      database.pragma(`max_page_count = ${largest}`);
    };
  };

  it('fails the appends that met it as a whole, and those after it go on as if they had not been', () => {
    const file = directory.newFile();
    const database = openForWriting(file);
    const group = groupCommit(database);
    expect(outcomesOf(group.commit(batchOf([anna, anna]), noMore))).to.deep.equal(['committed']);

    const makeRoom = withoutRoom(database);
    const waiting = [batchOf([boris], 'x'.repeat(20_000))];
    const failed = group.commit(batchOf([anna, boris]), () => waiting.shift());
    expect(outcomesOf(failed)).to.deep.equal(['disk-full', 'disk-full']);
    const reading = openForReading(file);
    expect(reading.prepare('SELECT count(*) FROM events').pluck().get()).to.equal(2);
    expect(reading.prepare('SELECT name FROM streams').pluck().all()).to.deep.equal([anna]);

    makeRoom();
    const [report] = group.commit(batchOf([boris, anna]), noMore);
    expect(report).to.deep.equal({
      outcome: 'committed',
      result: { recordedAt: 1000, positions: [3, 4], heads: [0, 2], effects: [] },
    });
    expect(reading.prepare('SELECT position FROM events ORDER BY position').pluck().all()).to.deep.equal(range(1, 4));
    reading.close();
    database.close();
  });

  /** @param named how an append may be refused */
  const goesOnWhenThereIsRoom = (
    { whenFull, whenRoom, logAgain, findings }: SmallDiskReport,
    named: readonly string[],
  ): void => {
    expect(whenFull.refusals.filter((refusal) => !named.includes(refusal))).to.deep.equal([]);
    expect(whenFull.logged).to.deep.equal(whenFull.acknowledged);

    const last = whenFull.logged.length;
    expect(whenRoom.after).to.deep.equal({ outcome: 'appended', revision: 0, position: last + 1 });
    expect(whenRoom.logged).to.deep.equal(range(1, last + 5));
    expect(logAgain).to.deep.equal(whenRoom.logged);
    expect(findings).to.deep.equal([]);
  };

  if (smallDisksArePossible()) {
    it('refuses what it cannot hold, keeps what it holds, and lets the store go on when there is room', () => {
      goesOnWhenThereIsRoom(storeOnSmallDisk(directory.path()), ['disk-full']);
    }).timeout(30_000);
  } else {
    process.emitWarning(
      'This machine lets nobody mount a small disk: that a full one is survived is shown within limits only.',
    );
  }

  if (limitsArePossible()) {
    it('is survived also where the system fails the write with another error', () => {
      goesOnWhenThereIsRoom(storeWithinLimits(directory.path()), ['disk-full', 'io']);
    }).timeout(30_000);
  } else {
    process.emitWarning(
      'Without prlimit (Debian: util-linux) the size of files cannot be limited while they are written.',
    );
  }
});
