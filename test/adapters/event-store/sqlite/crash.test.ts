import { expect } from 'chai';
import { describe, it } from 'mocha';
import { systemClock } from '#adapters/clock/system.clock.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import { storeDirectory } from '#test/support/store-directory.js';
import { collect, failureIn, positionsOf, range, revisionsOf } from '#test/support/store-harness.js';
import { storeUnderLoad } from '#test/support/store-processes.js';

const rounds = 4;

describe('a process that is killed while calls are being written', () => {
  const directory = storeDirectory();

  it('loses nothing that was acknowledged, and leaves nothing half written, however often', async () => {
    const file = directory.newFile();
    const acknowledged: string[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const writing = storeUnderLoad(file);
      await writing.said(400 * round);
      await writing.kill();
      acknowledged.push(...writing.lines);

      const { events, effects, close } = await openSqliteStore({ file, clock: systemClock });
      const log = await collect(events.readAll({ after: 0 }));
      expect(positionsOf(log)).to.deep.equal(range(1, log.length));
      const stored = new Set(log.map(({ stream, revision, position }) => `event ${stream} ${revision} ${position}`));
      for (const line of acknowledged.filter((said) => said.startsWith('event '))) expect(stored).to.include(line);
      for (const stream of new Set(log.slice(-200).map((event) => event.stream))) {
        const revisions = revisionsOf(await events.readStream(stream));
        expect(revisions).to.deep.equal(range(0, revisions.length - 1));
      }
      for (const line of acknowledged.filter((said) => said.startsWith('effect '))) {
        expect(await effects.begin(line.slice('effect '.length))).to.equal('in-doubt');
      }
      await close();
    }
    expect(acknowledged.length).to.be.at.least(4000);
  }).timeout(60_000);

  it('leaves the log to the next one at once', async () => {
    const file = directory.newFile();
    const writing = storeUnderLoad(file);
    await writing.said(10);
    const refused = await failureIn(openSqliteStore({ file, clock: systemClock }));
    expect(refused.failure).to.equal('locked-by-another-process');
    expect(refused.message).to.contain(file).and.to.contain('another process');

    await writing.said(writing.lines.length + 100);
    await writing.kill();
    const { events, close } = await openSqliteStore({ file, clock: systemClock });
    expect(await events.lastPosition()).to.be.greaterThan(0);
    await close();
  });
});
