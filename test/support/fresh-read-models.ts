import type { ReadModelLocation } from '#adapters/read-models/typeorm/typeorm.read-models.js';
import { freshPostgresDatabase } from './postgres.js';

/** Where the tests' read models are kept: in memory, or in PostgreSQL when TRUNKLINE_TEST_READ_MODELS says so. */
export const freshReadModels = async (): Promise<ReadModelLocation> =>
  process.env['TRUNKLINE_TEST_READ_MODELS'] === 'postgres' ? { url: await freshPostgresDatabase() } : 'memory';
