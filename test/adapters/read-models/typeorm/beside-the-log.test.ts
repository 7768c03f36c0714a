import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { DataSource } from 'typeorm';
import { systemClock } from '#adapters/clock/system.clock.js';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import { engineOf, optionsFor } from '#adapters/read-models/typeorm/database.js';
import {
  tablesOf,
  typeormReadModels,
  type ReadModelLocation,
  type ReadModels,
} from '#adapters/read-models/typeorm/typeorm.read-models.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { ReadModel } from '#domain/contracts/read-models.js';
import { readModels as models } from '#projections/read-models.js';
import { callRecords } from '#projections/call-records/call-records.read-model.js';
import { projectReadModels, type ReadModelProjection } from '#src/application/read-models/project-read-models.js';
import { rebuildReadModels } from '#src/application/read-models/rebuild.js';
import { happens, type Happening } from '#test/support/call-history-events.js';
import { fakeClock } from '#test/support/fake-clock.js';
import { engines } from '#test/support/read-model-engines.js';
import { acme } from '#test/support/store-events.js';
import { gate } from '#test/support/store-harness.js';

const patience = 20_000;
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const what = (kind: Happening['kind'], customer: string): Happening => ({
  kind,
  merchant: acme,
  customer,
  agent: 'anna',
  text: 'sale',
  late: 2,
});

/** Records of which every call took a second longer: the same table with another meaning, and one column more. */
const nextVersion: ReadModel = {
  ...callRecords,
  version: 2,
  shape: { ...callRecords.shape, columns: { ...callRecords.shape.columns, paidBy: { kind: 'text', optional: true } } },
  evolve: (row, event, key) => {
    const next = callRecords.evolve(row as never, event, key);
    return next && { ...next, talk: next.talk + 1_000 };
  },
};
const modelsThen: readonly ReadModel[] = models.map((model) => (model.name === 'call-records' ? nextVersion : model));

for (const engine of engines) {
  describe(`read models on ${engine.name}, beside the running log`, () => {
    const place = engine.places();
    let events: EventStore;
    let location: ReadModelLocation;
    let opened: ReadModels[];
    let running: ReadModelProjection[];
    beforeEach(async function () {
      this.timeout(30_000);
      events = memoryStore({ clock: fakeClock() }).events;
      location = await place();
      [opened, running] = [[], []];
    });
    afterEach(async () => {
      for (const projection of running) await projection.close();
      for (const { close } of opened) await close();
    });

    const open = (of: readonly ReadModel[] = models): ReadModels => {
      const readModels = typeormReadModels({ location, models: of, clock: systemClock });
      opened.push(readModels);
      return readModels;
    };
    const project = (readModels: ReadModels, of: EventStore = events): ReadModelProjection => {
      const projection = projectReadModels({ events: of, readModels: readModels.store, clock: systemClock, log });
      running.push(projection);
      return projection;
    };
    const talkIn = async ({ history }: ReadModels): Promise<readonly number[]> =>
      (await history.callRecords(acme, { limit: 99 })).map(({ row }) => row.talk);
    const tables = async (): Promise<readonly string[]> => {
      const source = await new DataSource(optionsFor(location, [])).initialize();
      const sql =
        engineOf(location) === 'postgres'
          ? "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
          : "SELECT name FROM sqlite_master WHERE type = 'table'";
      const found = await source.query<{ name: string }[]>(sql);
      await source.destroy();
      return found.map(({ name }) => name);
    };

    it('hold what has just happened, for whoever waits for it', async () => {
      const readModels = open();
      const projection = project(readModels);
      for (const customer of ['c1', 'c2', 'c3']) {
        const position = await happens(events, what('charged', customer));
        expect(await projection.reached(position, patience)).to.equal(true);
        expect((await readModels.history.callRecords(acme, { limit: 1 }))[0]?.row.contactId).to.equal(
          `contact-acme.${customer}`,
        );
      }
    });

    it('go on where they were when the process begins again', async () => {
      const first = open();
      const projection = project(first);
      await projection.reached(await happens(events, what('charged', 'c1')), patience);
      await projection.close();
      const position = await happens(events, what('charged', 'c2'));
      const second = open();
      expect(await project(second).reached(position, patience)).to.equal(true);
      expect(await talkIn(second)).to.deep.equal([2, 2]);
    });

    it('are built anew by another process, and followed from there on', async () => {
      const readModels = open();
      const projection = project(readModels);
      await projection.reached(await happens(events, what('charged', 'c1')), patience);
      const { store } = open();
      const tools = { events, readModels: store, clock: systemClock, log, isClosed: () => false };
      expect(await rebuildReadModels(models, tools)).to.equal('switched');
      const position = await happens(events, what('charged', 'c2'));
      expect(await projection.reached(position, patience)).to.equal(true);
      expect(await talkIn(readModels)).to.deep.equal([2, 2]);
      expect((await store.standings()).map(({ answering }) => answering?.slot)).to.deep.equal(['b', 'b', 'b']);
    });

    it('of a new version are built beside the old ones, which answer until they are replaced and go', async () => {
      const before = project(open());
      await before.reached(await happens(events, what('charged', 'c1')), patience);
      await before.close();
      // What the next version's migration will do.
      const entities = tablesOf(engineOf(location), [nextVersion]).map(({ entity }) => entity);
      const source = new DataSource({ ...optionsFor(location, entities), migrations: [] });
      await (await source.initialize()).synchronize();
      await source.destroy();

      const reading = gate();
      const slow: EventStore = {
        ...events,
        readAll: async function* (read) {
          await reading.opened;
          yield* events.readAll(read);
        },
      };
      const next = open(modelsThen);
      const projection = project(next, slow);
      expect(await projection.reached(1, patience)).to.equal(true);
      expect(await talkIn(next), 'the old rows answer').to.deep.equal([2]);
      reading.open();
      const position = await happens(events, what('charged', 'c2'));
      while ((await talkIn(next)).length < 2) await nextTurn();
      expect(await projection.reached(position, patience)).to.equal(true);
      expect(await talkIn(next), 'the new ones answer').to.deep.equal([1_002, 1_002]);
      expect(await tables())
        .to.include('call_records_2a')
        .and.not.include('call_records_1a');
    });

    it('that were made of another log are made anew of this one', async () => {
      const before = project(open());
      await happens(events, what('charged', 'c1'));
      await before.reached(await happens(events, what('charged', 'c2')), patience);
      await before.close();
      for (const shorter of [1, 3]) {
        events = memoryStore({ clock: fakeClock() }).events;
        for (let nth = 0; nth < shorter; nth += 1) await happens(events, what('charged', `other${nth}`));
        const readModels = open();
        const projection = project(readModels);
        while ((await readModels.history.callRecords(acme, { limit: 9 })).length !== shorter) await nextTurn();
        const found = await readModels.history.callRecords(acme, { limit: 9 });
        expect(found.every(({ row }) => row.contactId.includes('other'))).to.equal(true);
        await projection.close();
      }
    });
  });
}

describe('a question about what the rows do not hold yet', () => {
  it('waits as long as it may, and no longer', async () => {
    const clock = fakeClock();
    const { events } = memoryStore({ clock });
    const { store, close } = typeormReadModels({ location: 'memory', models, clock });
    const projection = projectReadModels({ events, readModels: store, clock, log });
    const waiting = projection.reached(1, 2_000);
    clock.advance(2_000);
    expect(await waiting).to.equal(false);
    const inTime = projection.reached(1, 2_000);
    await happens(events, what('clicked', 'c1'));
    expect(await inTime).to.equal(true);
    await projection.close();
    await close();
  });
});
