import { expect } from 'chai';
import { describe, it } from 'mocha';
import { copyDatabase } from '#adapters/event-store/sqlite/backup/copy-database.js';
import { groupCommit } from '#adapters/event-store/sqlite/group-commit.js';
import { openForReading, openForWriting } from '#adapters/event-store/sqlite/open-database.js';
import { batchOf } from '#test/support/store-batch.js';
import { storeDirectory } from '#test/support/store-directory.js';
import { anna } from '#test/support/store-events.js';

const noMore = (): undefined => undefined;

describe('the copy of a log that is written into', () => {
  const directory = storeDirectory();

  it('is of one moment, and is not begun again with each commit', async () => {
    const [file, copy] = [directory.newFile(), directory.newFile()];
    const database = openForWriting(file);
    const group = groupCommit(database);
    const batch = batchOf([anna], 'x'.repeat(100_000));
    for (let nth = 0; nth < 40; nth += 1) group.commit(batch, noMore);

    const progress: (readonly [number, number])[] = [];
    await copyDatabase(file, copy, (done, of) => {
      progress.push([done, of]);
      group.commit(batch, noMore);
    });
    const copied = openForReading(copy);
    expect(copied.prepare('SELECT count(*) FROM events').pluck().get()).to.equal(40);
    copied.close();
    database.close();
    const steps = progress.map(([done]) => done);
    expect(steps.length).to.be.greaterThan(3);
    expect(steps).to.deep.equal(steps.toSorted((one, other) => one - other));
    expect(new Set(progress.map(([, of]) => of)).size).to.equal(1);
  });
});
