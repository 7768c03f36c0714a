import { expect } from 'chai';
import { describe, it } from 'mocha';
import { DataSource } from 'typeorm';
import { engineOf, optionsFor } from '#adapters/read-models/typeorm/database.js';
import { entitiesOf } from '#adapters/read-models/typeorm/typeorm.read-models.js';
import { readModels } from '#projections/read-models.js';
import { engines } from '#test/support/read-model-engines.js';

for (const engine of engines) {
  describe(`the migrations on ${engine.name}`, () => {
    const place = engine.places();

    const opened = async (): Promise<DataSource> => {
      const location = await place();
      return new DataSource(optionsFor(location, entitiesOf(engineOf(location), readModels))).initialize();
    };

    it('bring an empty database to exactly what the entities expect', async () => {
      const source = await opened();
      const first = await source.driver.createSchemaBuilder().log();
      expect(first.upQueries, 'there is something to be done').to.have.length.above(7);
      await source.runMigrations({ transaction: 'each' });
      const { upQueries } = await source.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).to.deep.equal([]);
      await source.destroy();
    });

    it('take everything away again when they are undone', async () => {
      const source = await opened();
      await source.runMigrations({ transaction: 'each' });
      await source.undoLastMigration({ transaction: 'each' });
      const { upQueries } = await source.driver.createSchemaBuilder().log();
      expect(upQueries).to.have.length.above(7);
      await source.destroy();
    });
  });
}
