import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { expect } from 'chai';
import fc from 'fast-check';
import { before, describe, it } from 'mocha';
import { readSqliteLog } from '#adapters/event-store/sqlite/read-sqlite-log.js';
import type { Finding } from '#adapters/event-store/sqlite/verify/finding.js';
import { EventStoreFailure } from '#domain/contracts/event-store.js';
import { alteredCopy, verifiedAs, writeTwoTenants } from '#test/adapters/event-store/sqlite/damaged-log.js';
import { storeDirectory } from '#test/support/store-directory.js';
import { collect } from '#test/support/store-harness.js';

const events = 600;

describe('a log in which anything is another', () => {
  const directory = storeDirectory();
  let file: string;
  before(async () => {
    file = directory.newFile();
    await writeTwoTenants(file, events);
  });
  const first = async (alter: (database: Database) => void): Promise<Finding | undefined> =>
    (await verifiedAs(alteredCopy(file, directory.newFile(), alter))).findings[0];

  describe('names the event', () => {
    const columns = ['stream', 'revision', 'kind', 'recorded_at', 'seal'];
    const position = fc.integer({ min: 1, max: events });

    it('whichever bit of whichever of its numbers is another', async () => {
      const damage = fc.record({ position, column: fc.constantFrom(...columns), bit: fc.nat(40) });
      const copy = directory.newFile();
      await fc.assert(
        fc.asyncProperty(damage, async ({ position, column, bit }) => {
          const flipped = `((${column} | ${2 ** bit}) - (${column} & ${2 ** bit}))`;
          let changes = 0;
          alteredCopy(file, copy, (database) => {
            const flip = database.prepare(`UPDATE OR IGNORE events SET ${column} = ${flipped} WHERE position = ?`);
            changes = flip.run(position).changes;
          });
          const { findings } = await verifiedAs(copy);
          expect(findings[0]?.position).to.equal(changes === 0 ? undefined : position);
        }),
        { numRuns: 60 },
      );
    }).timeout(60_000);

    it('whichever byte of its text is another, though both be read as the same text', async () => {
      const damage = fc.record({ position, at: fc.nat(500), mask: fc.integer({ min: 1, max: 255 }) });
      const copy = directory.newFile();
      const bytesOf = (database: Database, at: number): Buffer =>
        database.prepare('SELECT CAST(body AS BLOB) FROM events WHERE position = ?').pluck().get(at) as Buffer;
      const changeAt = async (position: number, find: (bytes: Buffer) => number, mask: number): Promise<void> => {
        alteredCopy(file, copy, (database) => {
          const bytes = bytesOf(database, position);
          const at = find(bytes);
          bytes[at] = (bytes[at] ?? 0) ^ mask;
          database.prepare('UPDATE events SET body = CAST(? AS TEXT) WHERE position = ?').run(bytes, position);
        });
        expect((await verifiedAs(copy)).findings[0]?.position).to.equal(position);
      };
      await fc.assert(
        fc.asyncProperty(damage, ({ position, at, mask }) => changeAt(position, ({ length }) => at % length, mask)),
        { numRuns: 60 },
      );
      // The beginning of U+FFFD, made that of a longer character that does not come: it is read as U+FFFD again.
      await changeAt(77, (bytes) => bytes.indexOf('\ufffd'), 0xef ^ 0xf3);
    }).timeout(60_000);

    it('that a changed name concerns first', async () => {
      const stream = await first((it) =>
        it.exec(`UPDATE streams SET name = 'call-south.s3' WHERE name = 'call-south.s2'`),
      );
      expect([stream?.position, stream?.stream]).to.deep.equal([4, 'call-south.s3']);
      const type = await first((it) => it.exec(`UPDATE kinds SET type = 'CallTaken' WHERE type = 'CallHeld'`));
      expect([type?.position, type?.type]).to.deep.equal([3, 'CallTaken']);
      const category = await first((it) => it.exec(`UPDATE kinds SET category = 'pop' WHERE category = 'agent'`));
      expect([category?.position, category?.wrong]).to.deep.equal([
        3,
        'it is filed under category pop, which its stream is not of',
      ]);
      expect((await first((it) => it.exec('DELETE FROM streams WHERE id = 2')))?.position).to.equal(2);
      expect((await first((it) => it.exec('DELETE FROM kinds WHERE id = 2')))?.position).to.equal(2);
    });
  });

  it('is read as it was written or found damaged, whichever byte of its file is another', async () => {
    const original = readFileSync(file);
    const texts = (await collect(readSqliteLog(file))).map((event) => JSON.stringify(event)).join('\n');
    const copy = directory.newFile();
    const found = { damaged: 0, whole: 0 };
    const damage = fc.record({ at: fc.nat(original.length - 1), bit: fc.nat(7) });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, bit }) => {
        const bytes = Buffer.from(original);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        for (const suffix of ['-wal', '-shm']) rmSync(copy + suffix, { force: true });
        writeFileSync(copy, bytes);
        const outcome = await verifiedAs(copy).then(
          ({ findings }) => findings.length > 0,
          (thrown: unknown) => thrown instanceof EventStoreFailure,
        );
        found[outcome ? 'damaged' : 'whole'] += 1;
        if (outcome) return;
        expect((await collect(readSqliteLog(copy))).map((event) => JSON.stringify(event)).join('\n')).to.equal(texts);
      }),
      { numRuns: 120 },
    );
    expect(found.damaged).to.be.greaterThan(found.whole);
  }).timeout(120_000);
});
