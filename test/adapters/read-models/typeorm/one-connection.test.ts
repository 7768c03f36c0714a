import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { DataSource, type EntityManager } from 'typeorm';
import { openDatabase, optionsFor } from '#adapters/read-models/typeorm/database.js';
import { systemClock } from '#adapters/clock/system.clock.js';
import { gate } from '#test/support/store-harness.js';
import { storeDirectory } from '#test/support/store-directory.js';

type Transact = (work: (manager: EntityManager) => Promise<void>) => Promise<void>;

const ourTable = async (manager: EntityManager): Promise<void> => {
  await manager.query('CREATE TABLE IF NOT EXISTS calls (id text)');
};
const callsIn = async (manager: EntityManager): Promise<readonly string[]> =>
  (await manager.query<{ id: string }[]>('SELECT id FROM calls ORDER BY id')).map(({ id }) => id);

/** Long enough for another batch to begin, if it may. */
const someTurns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
};

/** One batch fails after another has begun. Only the other one's call may be there at the end. */
const twoAtOnce = async (transact: Transact): Promise<void> => {
  const [begun, otherBegun] = [gate(), gate()];
  const failing = transact(async (manager) => {
    await manager.query("INSERT INTO calls VALUES ('rolled back')");
    begun.open();
    // The other one begins now, if it may. If it may not, it does when this one is over.
    await Promise.race([otherBegun.opened, someTurns()]);
    throw new Error('the first batch fails');
  }).catch(() => undefined);
  await begun.opened;
  const good = transact(async (manager) => {
    await manager.query("INSERT INTO calls VALUES ('committed')");
    otherBegun.open();
  }).catch(() => undefined);
  await Promise.all([failing, good]);
};

describe('two batches that are written at the same time', () => {
  const directory = storeDirectory();
  let file: string;
  beforeEach(() => {
    file = directory.newFile();
  });

  describe('on a bare DataSource of SQLite', () => {
    let source: DataSource;
    beforeEach(async () => {
      source = await new DataSource(optionsFor({ file }, [])).initialize();
      await ourTable(source.manager);
    });
    afterEach(() => source.destroy());

    it('get into one another: this is the trap', async () => {
      await twoAtOnce((work) => source.transaction(work));
      expect(await callsIn(source.manager)).to.not.deep.equal(['committed']);
    });
  });

  it('wait for one another on ours', async () => {
    const database = openDatabase({ location: { file }, entities: [], clock: systemClock, onOpened: async () => [] });
    await database.transact(ourTable);
    await twoAtOnce(database.transact);
    expect(await database.read(callsIn)).to.deep.equal(['committed']);
    await database.close();
  });

  it('are not seen by a question before they are committed', async () => {
    const database = openDatabase({ location: { file }, entities: [], clock: systemClock, onOpened: async () => [] });
    await database.transact(ourTable);
    const writing = database.transact(async (manager) => {
      await manager.query("INSERT INTO calls VALUES ('half')");
      await someTurns();
      throw new Error('fails');
    });
    const [answer] = await Promise.all([database.read(callsIn), writing.catch(() => undefined)]);
    expect(answer).to.deep.equal([]);
    await database.close();
  });
});
