import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import { systemClock } from '#adapters/clock/system.clock.js';
import { backUpSqliteStore, type BackUpSettings } from '#adapters/event-store/sqlite/backup/back-up-sqlite-store.js';
import { restoreSqliteStore, type RestoreSettings } from '#adapters/event-store/sqlite/backup/restore-sqlite-store.js';
import { claim } from '#adapters/event-store/sqlite/database-lock.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import { verifiedAs, writeTwoTenants } from '#test/adapters/event-store/sqlite/damaged-log.js';
import { storeDirectory } from '#test/support/store-directory.js';
import { collect, failureIn } from '#test/support/store-harness.js';
import { storeUnderLoad } from '#test/support/store-processes.js';

const secret = 'the-secret-of-the-installation';

describe('a backup', () => {
  const directory = storeDirectory();
  let [data, target, elsewhere] = ['', '', ''];

  const quiet = { onCopied: () => undefined, onVerified: () => undefined };
  const backUp = (more: Partial<BackUpSettings> = {}) =>
    backUpSqliteStore({
      data,
      files: ['installation.secret', 'never-made.json'],
      keys: { file: 'keys.db', place: 'apart' },
      target,
      ...quiet,
      ...more,
    });
  const restore = (more: Partial<RestoreSettings> = {}) =>
    restoreSqliteStore({ backup: target, data: elsewhere, keyStore: 'keys.db', keys: undefined, ...quiet, ...more });

  const writeKeys = (): void => {
    const keys = new Database(join(data, 'keys.db'));
    keys.pragma('journal_mode = WAL');
    keys.exec(`CREATE TABLE keys (subject TEXT); INSERT INTO keys VALUES ('rosa')`);
    keys.close();
  };
  const subjectsIn = (folder: string): unknown => {
    const keys = new Database(join(folder, 'keys.db'), { readonly: true });
    const subjects = keys.prepare('SELECT subject FROM keys').pluck().all();
    keys.close();
    return subjects;
  };

  beforeEach(() => {
    data = directory.newFile();
    [target, elsewhere] = [`${data}.backup`, `${data}.restored`];
    mkdirSync(data);
    writeFileSync(join(data, 'installation.secret'), secret, { mode: 0o600 });
  });

  it('holds the log and what is needed to start again, and is nobody’s to read but its owner’s', async () => {
    await writeTwoTenants(join(data, 'events.db'), 300);
    const copied: number[] = [];
    const made = await backUp({ onCopied: (done) => void copied.push(done) });
    expect([made.events, made.keys]).to.deep.equal([300, undefined]);
    expect(copied.length).to.be.greaterThan(0);
    expect(statSync(target).mode & 0o077).to.equal(0);

    await restore();
    expect(readdirSync(elsewhere).toSorted()).to.deep.equal(['events.db', 'events.db.lock', 'installation.secret']);
    expect(readFileSync(join(elsewhere, 'installation.secret'), 'utf8')).to.equal(secret);
    for (const name of ['events.db', 'installation.secret']) {
      expect(statSync(join(elsewhere, name)).mode & 0o077, name).to.equal(0);
    }
    const [before, after] = [await verifiedAs(join(data, 'events.db')), await verifiedAs(join(elsewhere, 'events.db'))];
    expect(after).to.deep.equal(before);
    expect(readFileSync(join(elsewhere, 'events.db')).includes(secret), 'secrets in the restored log').to.equal(false);
  });

  it('that is made while calls are being written stops nobody, and misses nothing acknowledged before', async () => {
    const writing = storeUnderLoad(join(data, 'events.db'));
    await writing.said(3000);
    const acknowledged = writing.lines.filter((line) => line.startsWith('event '));
    const made = await backUp();
    const during = writing.lines.length;
    await writing.said(during + 500);
    await writing.kill();
    expect(made.events).to.be.at.least(acknowledged.length);

    await restore();
    const store = await openSqliteStore({ file: join(elsewhere, 'events.db'), clock: systemClock });
    const log = await collect(store.events.readAll({ after: 0 }));
    const stored = new Set(log.map(({ stream, revision, position }) => `event ${stream} ${revision} ${position}`));
    expect(acknowledged.filter((line) => !stored.has(line))).to.deep.equal([]);
    await store.close();
    expect((await verifiedAs(join(elsewhere, 'events.db'))).findings).to.deep.equal([]);
  }).timeout(30_000);

  describe('of a log with keys of personal data', () => {
    beforeEach(async () => {
      await writeTwoTenants(join(data, 'events.db'), 10);
      writeKeys();
    });

    it('has them in a file apart, so that a copy of the log brings nobody back', async () => {
      expect((await backUp()).keys).to.equal(`${target}.keys`);
      expect(readFileSync(target).includes('rosa')).to.equal(false);
      expect((await failureIn(restore())).message).to.match(/name their newest copy/);
      expect(existsSync(join(elsewhere, 'events.db'))).to.equal(false);
      await restore({ keys: `${target}.keys` });
      expect(subjectsIn(elsewhere)).to.deep.equal(['rosa']);
    });

    it('can be restored without them', async () => {
      await backUp();
      await restore({ keys: 'none' });
      expect(readdirSync(elsewhere)).to.not.include('keys.db');
    });

    it('has them inside, or nowhere, when that is asked', async () => {
      expect((await backUp({ keys: { file: 'keys.db', place: 'inside' } })).keys).to.equal(undefined);
      await restore();
      expect(subjectsIn(elsewhere)).to.deep.equal(['rosa']);
      [target, elsewhere] = [`${target}.2`, `${elsewhere}.2`];
      await backUp({ keys: { file: 'keys.db', place: 'none' } });
      expect((await failureIn(restore({ keys: `${data}/keys.db` }))).message).to.match(/not made with the keys apart/);
      await restore();
      expect(readdirSync(elsewhere)).to.not.include('keys.db');
    });
  });

  describe('is not made', () => {
    it('over another one, of nothing, or of a log that is damaged', async () => {
      expect((await failureIn(backUp())).message).to.match(/there is no file/);
      await writeTwoTenants(join(data, 'events.db'), 10);
      writeFileSync(target, 'of yesterday');
      expect((await failureIn(backUp())).message).to.match(/already there/);
      expect(readFileSync(target, 'utf8')).to.equal('of yesterday');

      target = `${target}.2`;
      const database = new Database(join(data, 'events.db'));
      database.exec('DELETE FROM events WHERE position = 4');
      database.close();
      const damaged = await failureIn(backUp());
      expect([damaged.failure, damaged.message]).to.deep.equal([
        'corrupt',
        'the log is damaged, and so would be its backup: position 4: it is missing: the next event is at position 5',
      ]);
      expect(existsSync(target)).to.equal(false);
      expect(existsSync(`${target}.part`)).to.equal(false);
    });
  });

  describe('is not restored', () => {
    beforeEach(async () => {
      await writeTwoTenants(join(data, 'events.db'), 300);
      await backUp();
    });

    it('into a folder that holds anything', async () => {
      mkdirSync(elsewhere);
      writeFileSync(join(elsewhere, 'notes.txt'), 'mine');
      expect((await failureIn(restore())).message).to.match(/not empty \(notes\.txt\)/);
      expect(readdirSync(elsewhere)).to.deep.equal(['notes.txt']);
    });

    it('into the folder of a product that is starting', async () => {
      mkdirSync(elsewhere);
      const lock = claim(join(elsewhere, 'events.db'));
      expect((await failureIn(restore())).failure).to.equal('locked-by-another-process');
      lock.release();
      await restore();
    });

    it('when it is damaged, or is a log and no backup; then a whole one still can be', async () => {
      const damaged = `${target}.damaged`;
      const bytes = readFileSync(target);
      const at = bytes.indexOf('CallHeld') > 0 ? bytes.indexOf('"nth":150') : 0;
      bytes[at + 7] = 0x39;
      writeFileSync(damaged, bytes);
      const failure = await failureIn(restore({ backup: damaged }));
      expect([failure.failure, failure.message]).to.deep.equal([
        'corrupt',
        'the backup is damaged: it is not what was sealed here: its content, its place or its time has been changed, or the seal has',
      ]);
      copyFileSync(join(data, 'events.db'), damaged);
      expect((await failureIn(restore({ backup: damaged }))).message).to.match(/is no backup/);
      expect(readdirSync(elsewhere)).to.deep.equal(['events.db.lock']);
      expect((await restore()).events).to.equal(300);
    });

    it('over a file that its maker would like to have written', async () => {
      const database = new Database(target);
      database.exec(`UPDATE kept_files SET name = '../../etc/passwd'`);
      database.close();
      expect((await failureIn(restore())).message).to.match(/holds a file that is called/);
    });
  });
});
