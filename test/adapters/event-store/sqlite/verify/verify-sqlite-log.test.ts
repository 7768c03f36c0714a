import { copyFileSync, truncateSync, writeFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { markOf } from '#adapters/event-store/sqlite/acknowledged-mark.js';
import { headAfter, sealOf } from '#adapters/event-store/sqlite/hash-chain.js';
import type { Finding } from '#adapters/event-store/sqlite/verify/finding.js';
import {
  alteredCopy,
  north,
  south,
  verifiedAs,
  writeTwoTenants,
} from '#test/adapters/event-store/sqlite/damaged-log.js';
import { storeDirectory } from '#test/support/store-directory.js';
import { failureIn } from '#test/support/store-harness.js';
import { storeUnderLoad } from '#test/support/store-processes.js';

const events = 600;

describe('a log that is verified', () => {
  const directory = storeDirectory();
  let file: string;
  before(async () => {
    file = directory.newFile();
    await writeTwoTenants(file, events);
  });

  const altered = (alter: (database: Database) => void): string => alteredCopy(file, directory.newFile(), alter);
  const first = async (alter: (database: Database) => void): Promise<Finding | undefined> =>
    (await verifiedAs(altered(alter))).findings[0];

  it('as it was written has nothing wrong, and a head for each tenant', async () => {
    const progress: number[] = [];
    const {
      events: seen,
      heads,
      findings,
    } = await verifiedAs(file, { onProgress: (done) => void progress.push(done) });
    expect(findings).to.deep.equal([]);
    expect([seen, progress.at(-1)]).to.deep.equal([events, events]);
    expect(heads.map(({ tenant, position }) => [tenant, position])).to.deep.equal([
      [north, events - 1],
      [south, events],
    ]);
    for (const { head } of heads) expect(head).to.match(/^[0-9a-f]{64}$/);
  });

  it('beside a product that goes on writing has nothing wrong', async () => {
    const running = directory.newFile();
    const writing = storeUnderLoad(running);
    await writing.said(2000);
    for (let round = 0; round < 5; round += 1) {
      const { events: seen, findings } = await verifiedAs(running);
      expect(findings).to.deep.equal([]);
      expect(seen).to.be.greaterThan(0);
    }
    await writing.kill();
    expect((await verifiedAs(running)).findings, 'after the product was killed').to.deep.equal([]);
  }).timeout(30_000);

  describe('names the first bad event', () => {
    const expectAt = (finding: Finding | undefined, position: number, wrong: RegExp): void => {
      expect(finding?.position).to.equal(position);
      expect(finding?.wrong).to.match(wrong);
    };

    it('when one is gone from the middle', async () => {
      expectAt(await first((it) => it.exec('DELETE FROM events WHERE position = 300')), 300, /missing/);
    });

    it('when the last ones are gone, by the heads that are kept', async () => {
      expectAt(await first((it) => it.exec('DELETE FROM events WHERE position > 590')), 591, /missing.*chains/);
    });

    it('when the last ones are gone and the heads rewritten, by the mark of what was acknowledged', async () => {
      const short = alteredCopy(file, directory.newFile(), (it) => {
        it.exec('DELETE FROM events WHERE position > 598; UPDATE chains SET position = position - 2');
      });
      copyFileSync(markOf(file), markOf(short));
      expectAt((await verifiedAs(short)).findings[0], 599, /missing.*acknowledged/);
    });

    it('when two have changed places', async () => {
      const swap = 'UPDATE events SET position = CASE position WHEN -1 THEN 204 WHEN 204 THEN 200 ELSE -1 END';
      const finding = await first((it) => {
        it.exec(`${swap} WHERE position = 200; ${swap} WHERE position = 204; ${swap} WHERE position = -1`);
      });
      expectAt(finding, 200, /revision/);
    });

    it('when two have exchanged what they say', async () => {
      const finding = await first((it) => {
        const body = it.prepare('SELECT body FROM events WHERE position = ?').pluck();
        const [one, other] = [body.get(200), body.get(204)];
        const set = it.prepare('UPDATE events SET body = ? WHERE position = ?');
        set.run(other, 200);
        set.run(one, 204);
      });
      expectAt(finding, 200, /not what was sealed/);
    });

    it('when one was exchanged between tenants', async () => {
      const finding = await first((it) => {
        const row = it.prepare('SELECT stream, revision FROM events WHERE position = ?');
        const [one, other] = [row.get(201), row.get(202)] as { stream: number; revision: number }[];
        const set = it.prepare('UPDATE events SET stream = ?, revision = ? WHERE position = ?');
        set.run(0, 0, 201);
        set.run(one?.stream, one?.revision, 202);
        set.run(other?.stream, other?.revision, 201);
      });
      expectAt(finding, 201, /not what was sealed/);
    });

    it('when one was added, at the end or before the beginning', async () => {
      const add = (position: string): string =>
        `INSERT INTO events SELECT ${position}, stream, revision + 1, kind, recorded_at, body, seal
         FROM events WHERE position = 600`;
      expectAt(await first((it) => it.exec(add('601'))), 601, /not what was sealed/);
      expectAt(await first((it) => it.exec(add('0'))), 0, /no event at this position/);
    });

    it('when one was added with a seal that fits, by the heads that are kept', async () => {
      const finding = await first((it) => {
        const { head } = it.prepare(`SELECT head FROM chains WHERE tenant = 'south'`).get() as { head: string };
        const stream = 'call-south.s2' as const;
        const forged = { position: 601, revision: 150, type: 'CallHeld', recordedAt: 1e15, body: '{}' } as never;
        const seal = sealOf(headAfter(head, { ...(forged as object), stream } as never));
        it.prepare(
          `INSERT INTO events SELECT 601, stream, 150, kind, 1000000000000000, '{}', ? FROM events WHERE position = 600`,
        ).run(seal);
      });
      expect(finding?.wrong).to.match(/tenant south.*not that of its last event, at position 601/);
    });

    it('when its text is no longer readable though its seal fits', async () => {
      const strange = await verifiedAs(file, { checkContent: ({ position }) => (position === 7 ? 'odd' : undefined) });
      expect(strange.findings[0]).to.deep.equal({
        position: 7,
        stream: 'agent-north.anna',
        type: 'CallDelivered',
        wrong: 'odd',
      });
    });

    it('when the index of kinds has lost or gained an entry', async () => {
      expectAt(await first((it) => it.exec('DELETE FROM kind_blocks WHERE block = 1')), 257, /index of kinds/);
      const gained = await first((it) => it.exec('INSERT INTO kind_blocks VALUES (99, 0)'));
      expect(gained?.wrong).to.match(/index of kinds has \d+ entries/);
    });
  });

  it('names the tenant whose head is not what its events make', async () => {
    const changed = await first((it) => it.exec(`UPDATE chains SET head = upper(head) WHERE tenant = 'north'`));
    expect(changed?.wrong).to.match(/tenant north.*not the one that its events make/);
    expect((await first((it) => it.exec(`DELETE FROM chains WHERE tenant = 'north'`)))?.wrong).to.match(
      /no head.*north/,
    );
    const added = await first((it) => it.exec(`INSERT INTO chains VALUES ('east', 'x', 1)`));
    expect(added?.wrong).to.match(/tenant east.*has no event/);
  });

  describe('against a head that was noted elsewhere', () => {
    it('shows that it still begins with the events of that time', async () => {
      const growing = directory.newFile();
      await writeTwoTenants(growing, 20);
      const { heads } = await verifiedAs(growing);
      await writeTwoTenants(growing, 20);
      expect((await verifiedAs(growing, { expected: heads })).findings).to.deep.equal([]);
    });

    it('shows that its end was cut off, whatever else was rewritten', async () => {
      const { heads } = await verifiedAs(file);
      const shorter = directory.newFile();
      await writeTwoTenants(shorter, events - 4);
      expect((await verifiedAs(shorter)).findings).to.deep.equal([]);
      const [finding] = (await verifiedAs(shorter, { expected: heads })).findings;
      expect(finding?.wrong).to.contain(`the chain of tenant north does not come by the head ${heads[0]?.head}`);
    });
  });

  it('whose file is cut short is said to be', async () => {
    const copy = directory.newFile();
    copyFileSync(file, copy);
    truncateSync(copy, 50_000);
    expect((await verifiedAs(copy)).findings[0]?.wrong).to.match(/read|malformed/);
    writeFileSync(copy, 'Dear diary, '.repeat(1000));
    expect((await verifiedAs(copy)).findings[0]?.wrong).to.match(/not a database/);
  });

  it('that is not there is not made', async () => {
    expect((await failureIn(verifiedAs(directory.newFile()))).failure).to.equal('io');
  });
});
