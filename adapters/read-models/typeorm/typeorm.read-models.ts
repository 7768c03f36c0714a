import type { EntityManager, EntitySchema } from 'typeorm';
import type { CallHistory } from '#domain/contracts/call-history.js';
import type { Clock } from '#domain/contracts/clock.js';
import type {
  Build,
  BuildChange,
  ReadModel,
  ReadModelStore,
  RowShape,
  SetAside,
} from '#domain/contracts/read-models.js';
import { buildsIn } from './builds.js';
import { callHistoryIn } from './call-history.js';
import { engineOf, openDatabase, type ReadModelLocation } from './database.js';
import type { Engine } from './engine.js';
import { onRowsOf, orUndone, Undone } from './failures.js';
import { rowSql, type RowSql } from './row-sql.js';
import {
  buildEntity,
  buildTable,
  rowTable,
  setAsideEntity,
  setAsideTable,
  tableName,
  type BuildRecord,
  type RowTable,
  type SetAsideRecord,
} from './tables.js';

export type ReadModelsSettings = Readonly<{
  location: ReadModelLocation;
  models: readonly ReadModel[];
  clock: Clock;
}>;

export type ReadModels = Readonly<{ store: ReadModelStore; history: CallHistory; close: () => Promise<void> }>;

export type { ReadModelLocation };

const slots = ['a', 'b'] as const;

export const tablesOf = (engine: Engine, models: readonly ReadModel[]): readonly RowTable[] =>
  models.flatMap(({ name, version, shape }) =>
    slots.map((slot) => rowTable(engine, tableName(name, version, slot), shape)),
  );

export const entitiesOf = (engine: Engine, models: readonly ReadModel[]): readonly EntitySchema[] => [
  buildEntity(engine),
  setAsideEntity(engine),
  ...tablesOf(engine, models).map(({ entity }) => entity),
];

/** What still answers though its version is none of ours: read as its own list of columns says. */
const olderTables = async (
  manager: EntityManager,
  engine: Engine,
  models: readonly ReadModel[],
): Promise<readonly RowTable[]> => {
  const answering = await manager.getRepository<BuildRecord>(buildTable).findBy({ answers: true });
  return answering
    .filter(({ model, version }) => models.some(({ name, version: ours }) => name === model && ours !== version))
    .map(({ model, version, slot, shape }) =>
      rowTable(engine, tableName(model, version, slot), JSON.parse(shape) as RowShape),
    );
};

/** Read models in SQLite or PostgreSQL. It is opened when first needed, and again when it was away. */
export const typeormReadModels = ({ location, models, clock }: ReadModelsSettings): ReadModels => {
  const engine = engineOf(location);
  const builds = buildsIn(engine);
  const sqlOf = new Map<string, RowSql>(tablesOf(engine, models).map((table) => [table.name, rowSql(engine, table)]));
  const database = openDatabase({
    location,
    clock,
    entities: entitiesOf(engine, models),
    onOpened: async (manager) => (await olderTables(manager, engine, models)).map(({ entity }) => entity),
  });

  const rowsOf = ({ model, slot }: Pick<Build, 'model' | 'slot'>): RowSql => {
    const sql = sqlOf.get(tableName(model.name, model.version, slot));
    if (!sql) throw new RangeError(`no such read model: ${model.name}`);
    return sql;
  };

  const writeChange = async (
    manager: EntityManager,
    { build, rows, deleted, setAside }: BuildChange,
  ): Promise<void> => {
    const { model, slot } = build;
    const sql = rowsOf(build);
    await onRowsOf(model.name, async () => {
      if (rows.length > 0) await sql.upsert(manager, rows);
      if (deleted.length > 0) await sql.remove(manager, deleted);
    });
    if (setAside.length > 0) {
      const records = setAside.map((event) => ({ model: model.name, version: model.version, slot, ...event }));
      await manager.getRepository<SetAsideRecord>(setAsideTable).save(records);
    }
  };

  const store: ReadModelStore = {
    standings: () =>
      database.transact(async (manager) => {
        const standings = [];
        for (const model of models) standings.push(await builds.standing(manager, model));
        return standings;
      }),

    load: (build, keys) =>
      database.read((manager) => onRowsOf(build.model.name, () => rowsOf(build).load(manager, keys))),

    write: (changes, upTo) =>
      orUndone(
        ['superseded'] as const,
        database.transact(async (manager) => {
          // First of all: this claims the database for writing, and shows whether it is still ours to write.
          const written = changes.map(({ build }) => build);
          if (!(await builds.advance(manager, written, upTo))) throw new Undone('superseded');
          for (const change of changes) await writeChange(manager, change);
          return 'written' as const;
        }),
      ),

    beginBeside: (model) => database.transact((manager) => builds.beginBeside(manager, model)),

    switchTo: (next, { evenIfBehind } = { evenIfBehind: false }) =>
      orUndone(
        ['behind', 'superseded'] as const,
        database.transact(async (manager) => {
          for (const build of next) {
            const outcome = await builds.switchTo(manager, build, evenIfBehind);
            if (outcome !== 'switched') throw new Undone(outcome);
          }
          return 'switched' as const;
        }),
      ),

    setAside: (model) =>
      database.read(async (manager) => {
        const answering = (await builds.answering(manager)).get(model.name);
        if (!answering) return [];
        const { version, slot } = answering;
        const records = await manager
          .getRepository<SetAsideRecord>(setAsideTable)
          .find({ where: { model: model.name, version, slot }, order: { position: 'ASC' } });
        return records.map(({ position, type, reason }): SetAside => ({ position, type, reason }));
      }),

    close: database.close,
  };

  return { store, history: callHistoryIn(database, builds), close: database.close };
};
