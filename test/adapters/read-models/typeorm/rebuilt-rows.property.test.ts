import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { DataSource } from 'typeorm';
import { systemClock } from '#adapters/clock/system.clock.js';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import { engineOf, optionsFor } from '#adapters/read-models/typeorm/database.js';
import { tableName } from '#adapters/read-models/typeorm/tables.js';
import {
  entitiesOf,
  typeormReadModels,
  type ReadModelLocation,
} from '#adapters/read-models/typeorm/typeorm.read-models.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { Slot } from '#domain/contracts/read-models.js';
import { readModels as models } from '#projections/read-models.js';
import { createProjector } from '#src/application/read-models/projector.js';
import { rebuildReadModels } from '#src/application/read-models/rebuild.js';
import { happening, happens } from '#test/support/call-history-events.js';
import { fakeClock } from '#test/support/fake-clock.js';
import { engines } from '#test/support/read-model-engines.js';
import { collect } from '#test/support/store-harness.js';

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const tools = { clock: systemClock, log, isClosed: () => false };

/** Every row of every model in one of its places, to the byte. */
const rowsIn = async (location: ReadModelLocation, slot: Slot): Promise<string> => {
  const source = await new DataSource(optionsFor(location, entitiesOf(engineOf(location), models))).initialize();
  const rows: Record<string, unknown> = {};
  for (const { name, version } of models) {
    rows[name] = await source.query(`SELECT * FROM "${tableName(name, version, slot)}" ORDER BY 1`);
  }
  await source.destroy();
  return JSON.stringify(rows, undefined, 1);
};

const open = (location: ReadModelLocation) => typeormReadModels({ location, models, clock: systemClock }).store;

/** As it comes in, in batches of these sizes; after each of them that is odd, the process begins again. */
const projectLive = async (events: EventStore, location: ReadModelLocation, sizes: readonly number[]) => {
  const all = await collect(events.readAll({ after: 0 }));
  let store = open(location);
  const begin = async () => {
    const standings = await store.standings();
    return createProjector(
      standings.flatMap(({ answering }) => answering ?? []),
      { ...tools, readModels: store },
    );
  };
  let projector = await begin();
  for (let nth = 0; projector.position() < all.length; nth += 1) {
    const size = sizes[nth % sizes.length] ?? 1;
    expect(await projector.take(all.slice(projector.position(), projector.position() + size))).to.equal('taken');
    if (size % 2 === 0) continue;
    await store.close();
    store = open(location);
    projector = await begin();
  }
  await store.close();
};

for (const engine of engines) {
  describe(`rows on ${engine.name} after any history`, () => {
    const place = engine.places();

    it('are the same whether they came to be live, batch by batch and across restarts, or by building anew', async function () {
      this.timeout(120_000);
      await fc.assert(
        fc.asyncProperty(
          fc.array(happening, { minLength: 1, maxLength: 120 }),
          fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
          async (history, sizes) => {
            const { events } = memoryStore({ clock: fakeClock() });
            for (const what of history) await happens(events, what);
            const location = await place();
            await projectLive(events, location, sizes);
            const live = await rowsIn(location, 'a');
            const store = open(location);
            expect(await rebuildReadModels(models, { ...tools, readModels: store, events })).to.equal('switched');
            await store.close();
            expect(await rowsIn(location, 'b')).to.equal(live);
          },
        ),
        { numRuns: 8 },
      );
    });
  });
}
