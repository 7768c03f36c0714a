import { randomInt } from 'node:crypto';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { systemClock } from '#adapters/clock/system.clock.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { verifiedAs } from '#test/adapters/event-store/sqlite/damaged-log.js';
import { storeDirectory } from '#test/support/store-directory.js';
import { collect, failureIn } from '#test/support/store-harness.js';
import { storeUnderLoad } from '#test/support/store-processes.js';

/** `TRUNKLINE_TEST_KILLS=500 npx mocha …/crash.test.js` tries it for longer. */
const kills = Number(process.env['TRUNKLINE_TEST_KILLS'] ?? 6);
const msPerKill = 20_000;
const mostLinesPerLife = 1500;

const linesOf = (log: readonly RecordedEvent[]): Set<string> =>
  new Set(log.map(({ stream, revision, position }) => `event ${stream} ${revision} ${position}`));

/** Events of appends that are not there whole: of those that belong together, each is followed by the next. */
const halves = (log: readonly RecordedEvent[]): readonly RecordedEvent[] => {
  const open = new Map<string, RecordedEvent>();
  for (const event of log) {
    const { of, nth } = event.data as { of: number; nth: number };
    if (nth + 1 === of) open.delete(event.stream);
    else open.set(event.stream, event);
  }
  return [...open.values()];
};

describe('a process that is killed while calls are being written', () => {
  const directory = storeDirectory();

  it(`loses nothing that was acknowledged, and leaves nothing half written, ${kills} times`, async () => {
    const file = directory.newFile();
    const acknowledged: string[] = [];
    for (let kill = 1; kill <= kills; kill += 1) {
      const writing = storeUnderLoad(file);
      await writing.said(randomInt(1, mostLinesPerLife));
      await writing.kill();
      acknowledged.push(...writing.lines);

      expect((await verifiedAs(file)).findings, 'before it is opened again').to.deep.equal([]);
      const { events, effects, close } = await openSqliteStore({ file, clock: systemClock });
      const log = await collect(events.readAll({ after: 0 }));
      const stored = linesOf(log);
      expect(acknowledged.filter((line) => line.startsWith('event ') && !stored.has(line))).to.deep.equal([]);
      expect(halves(log)).to.deep.equal([]);
      for (const line of writing.lines.filter((said) => said.startsWith('effect '))) {
        expect(await effects.begin(line.slice('effect '.length))).to.equal('in-doubt');
      }
      await close();
      const { events: verified, findings } = await verifiedAs(file);
      expect([verified, findings]).to.deep.equal([log.length, []]);
    }
    expect(acknowledged.length).to.be.at.least(kills);
  }).timeout(kills * msPerKill);

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
