import { typeormReadModels, type ReadModels } from '#adapters/read-models/typeorm/typeorm.read-models.js';
import type { Clock } from '#domain/contracts/clock.js';
import { readModels as models } from '#projections/read-models.js';
import { emptyPostgresDatabase, freshPostgresDatabase } from './postgres.js';

/** Databases that nobody uses any more: to empty one is quicker than to make one. */
const left: string[] = [];

const emptyDatabase = async (): Promise<string> => {
  const url = left.pop();
  if (url === undefined) return freshPostgresDatabase();
  await emptyPostgresDatabase(url);
  return url;
};

const inPostgres = (): boolean => process.env['TRUNKLINE_TEST_READ_MODELS'] === 'postgres';

/** The same choice, for a product in a process of its own. */
export const readModelSettings = async (): Promise<Readonly<Record<string, string>>> =>
  inPostgres() ? { TRUNKLINE_READ_MODELS: await freshPostgresDatabase() } : {};

/** Read models with no rows: in memory, or in PostgreSQL when TRUNKLINE_TEST_READ_MODELS says so. */
export const freshReadModels = async (clock: Clock): Promise<ReadModels> => {
  if (!inPostgres()) return typeormReadModels({ location: 'memory', models, clock });
  const url = await emptyDatabase();
  const readModels = typeormReadModels({ location: { url }, models, clock });
  let closing: Promise<void> | undefined;
  return {
    ...readModels,
    close: () => (closing ??= readModels.close().then(() => void left.push(url))),
  };
};
