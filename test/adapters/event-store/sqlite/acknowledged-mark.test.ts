import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { systemClock } from '#adapters/clock/system.clock.js';
import { acknowledgedIn, markOf } from '#adapters/event-store/sqlite/acknowledged-mark.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import { verifiedAs, writeTwoTenants } from '#test/adapters/event-store/sqlite/damaged-log.js';
import { storeDirectory } from '#test/support/store-directory.js';
import { failureIn } from '#test/support/store-harness.js';
import { storeUnderLoad } from '#test/support/store-processes.js';

describe('the end of a log', () => {
  const directory = storeDirectory();

  it('is missed when the write-ahead log was cut, and the log is not opened', async () => {
    const file = directory.newFile();
    const writing = storeUnderLoad(file);
    await writing.said(3000);
    await writing.kill();
    const acknowledged = acknowledgedIn(file);
    const [cut, gone, torn] = [directory.newFile(), directory.newFile(), directory.newFile()];
    for (const copy of [cut, gone, torn]) {
      for (const suffix of ['', '-wal', '.acknowledged']) copyFileSync(file + suffix, copy + suffix);
    }
    const log = readFileSync(`${file}-wal`);
    truncateSync(`${cut}-wal`, Math.floor(log.length / 2));
    rmSync(`${gone}-wal`);
    log.fill(0xff, log.length - 5000);
    for (let at = 4096; at < log.length; at += 8192) log[at] = 0xff;
    writeFileSync(`${torn}-wal`, log);
    for (const copy of [cut, gone, torn]) {
      expect((await verifiedAs(copy)).findings.length).to.be.greaterThan(0);
      const refused = await failureIn(openSqliteStore({ file: copy, clock: systemClock }));
      expect(refused.failure).to.equal('corrupt');
      if (copy !== gone) expect(refused.message).to.match(new RegExp(`up to ${acknowledged} have been acknowledged`));
    }
    rmSync(markOf(cut));
    const store = await openSqliteStore({ file: cut, clock: systemClock });
    expect(await store.events.lastPosition()).to.be.lessThan(acknowledged);
    await store.close();
  }).timeout(30_000);

  it('is not missed when the mark is older than the log, or new, or was just made', async () => {
    const file = directory.newFile();
    await writeTwoTenants(file, 10);
    expect(acknowledgedIn(file)).to.equal(10);
    for (const mark of ['00000000000000000007\n', '']) {
      writeFileSync(markOf(file), mark);
      await (await openSqliteStore({ file, clock: systemClock })).close();
      expect(acknowledgedIn(file)).to.equal(10);
    }
    writeFileSync(markOf(file), 'ten');
    expect((await failureIn(openSqliteStore({ file, clock: systemClock }))).message).to.match(/not hold a position/);
  });
});
