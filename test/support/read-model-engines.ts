import { before } from 'mocha';
import type { ReadModelLocation } from '#adapters/read-models/typeorm/typeorm.read-models.js';
import { skipWithout } from './outside-service.js';
import { freshPostgresDatabase, missingPostgres } from './postgres.js';
import { storeDirectory } from './store-directory.js';

/** For the cases of the describe block it is called in: answers empty places for rows. */
type Places = () => () => Promise<ReadModelLocation>;

const sqlitePlaces: Places = () => {
  const directory = storeDirectory();
  return async () => ({ file: directory.newFile() });
};

const postgresPlaces: Places = () => {
  before(function () {
    this.timeout(30_000);
    skipWithout(this, missingPostgres());
  });
  return async () => ({ url: await freshPostgresDatabase() });
};

/** Every database that rows can be kept in. */
export const engines: readonly Readonly<{ name: string; places: Places }>[] = [
  { name: 'SQLite', places: sqlitePlaces },
  { name: 'PostgreSQL', places: postgresPlaces },
];
