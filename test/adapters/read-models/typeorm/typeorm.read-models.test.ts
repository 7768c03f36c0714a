import { describe } from 'mocha';
import { systemClock } from '#adapters/clock/system.clock.js';
import { typeormReadModels } from '#adapters/read-models/typeorm/typeorm.read-models.js';
import { readModels } from '#projections/read-models.js';
import { callHistoryContract } from '#test/contracts/read-models/call-history.contract.js';
import { readModelsContract } from '#test/contracts/read-models/read-models.contract.js';
import { engines } from '#test/support/read-model-engines.js';

for (const engine of engines) {
  describe(`read models on ${engine.name}`, () => {
    const place = engine.places();
    readModelsContract(async () => {
      const location = await place();
      return async (models) => typeormReadModels({ location, models, clock: systemClock }).store;
    });
    callHistoryContract(async () =>
      typeormReadModels({ location: await place(), models: readModels, clock: systemClock }),
    );
  });
}

describe('read models in memory', () => {
  callHistoryContract(async () => typeormReadModels({ location: 'memory', models: readModels, clock: systemClock }));
});
