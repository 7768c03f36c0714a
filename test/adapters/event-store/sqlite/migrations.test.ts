import { expect } from 'chai';
import { describe, it } from 'mocha';
import { systemClock } from '#adapters/clock/system.clock.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import { alteredCopy, verifiedAs, writeTwoTenants } from '#test/adapters/event-store/sqlite/damaged-log.js';
import { storeDirectory } from '#test/support/store-directory.js';
import { anna } from '#test/support/store-events.js';
import { failureIn, happened } from '#test/support/store-harness.js';

describe('a log of the format before there were chains', () => {
  const directory = storeDirectory();

  it('is sealed when the product is started on it, as if it had always been', async () => {
    const file = directory.newFile();
    await writeTwoTenants(file, 200);
    const sealed = await verifiedAs(file);
    const old = alteredCopy(file, directory.newFile(), (it) => {
      it.exec('ALTER TABLE events DROP COLUMN seal; DROP TABLE chains; PRAGMA user_version = 1');
    });
    expect((await failureIn(verifiedAs(old))).message).to.match(/format 1.*start the product/);

    const store = await openSqliteStore({ file: old, clock: systemClock });
    expect(await verifiedAs(old)).to.deep.equal(sealed);
    await happened(store.events, anna, 'Ready');
    await store.close();
    expect((await verifiedAs(old, { expected: sealed.heads })).findings).to.deep.equal([]);
  });
});
