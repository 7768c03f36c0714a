import { expect } from 'chai';
import { describe, it } from 'mocha';
import { groupCommit } from '#adapters/event-store/sqlite/group-commit.js';
import { openForReading, openForWriting } from '#adapters/event-store/sqlite/open-database.js';
import { storeDirectory } from '#test/support/store-directory.js';
import { anna, boris } from '#test/support/store-events.js';
import { batchOf } from '#test/support/store-batch.js';
import { range } from '#test/support/store-harness.js';

const noMore = (): undefined => undefined;

describe('a group of batches', () => {
  const directory = storeDirectory();

  it('shares one commit, which who reads sees whole', () => {
    const file = directory.newFile();
    const database = openForWriting(file);
    const reading = openForReading(file);
    const count = reading.prepare('SELECT count(*) FROM events').pluck();
    const waiting = [batchOf([boris]), batchOf([anna, boris])];
    const seen: unknown[] = [];
    const reports = groupCommit(database).commit(batchOf([anna]), () => {
      seen.push(count.get());
      return waiting.shift();
    });
    expect(seen).to.deep.equal([0, 0, 0]);
    expect(count.get()).to.equal(4);
    expect(reports.map((report) => report.outcome === 'committed' && report.result.positions)).to.deep.equal([
      [1],
      [2],
      [3, 4],
    ]);
    reading.close();
    database.close();
  });

  it('ends some time, though more keep coming', () => {
    const database = openForWriting(directory.newFile());
    const reports = groupCommit(database).commit(batchOf([anna]), () => batchOf([anna]));
    expect(reports.length).to.be.within(2, 1000);
    database.close();
  });

  it('fails as a whole when somebody else has written into the log, and the next one goes on after that', () => {
    const file = directory.newFile();
    const database = openForWriting(file);
    const group = groupCommit(database);
    group.commit(batchOf([anna]), noMore);
    const intruder = openForWriting(file);
    intruder.exec(
      'INSERT INTO events SELECT position + 1, stream, revision + 1, kind, recorded_at, body, 0 FROM events',
    );
    intruder.close();

    const failed = group.commit(batchOf([boris]), noMore);
    expect(failed.map(({ outcome }) => outcome)).to.deep.equal(['failed']);
    expect(database.inTransaction).to.equal(false);
    const [report] = group.commit(batchOf([anna, boris]), noMore);
    expect(report).to.deep.equal({
      outcome: 'committed',
      result: { recordedAt: 1000, positions: [3, 4], heads: [2, 0], effects: [] },
    });
    expect(database.prepare('SELECT position FROM events ORDER BY position').pluck().all()).to.deep.equal(range(1, 4));
    database.close();
  });
});
