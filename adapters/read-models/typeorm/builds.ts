import type { EntityManager } from 'typeorm';
import type { Build, ReadModel, Slot, Standing } from '#domain/contracts/read-models.js';
import type { Engine } from './engine.js';
import { buildTable, setAsideTable, tableName, type BuildRecord } from './tables.js';

export const otherSlot = (slot: Slot): Slot => (slot === 'a' ? 'b' : 'a');

const recordOf = (model: ReadModel, slot: Slot, answers: boolean): BuildRecord => ({
  model: model.name,
  version: model.version,
  slot,
  position: 0,
  eventId: '',
  answers,
  shape: JSON.stringify(model.shape),
});

const buildOf = (model: ReadModel, { slot, position, eventId }: BuildRecord): Build => ({
  model,
  slot,
  position,
  ...(eventId !== '' && { eventId }),
});

const ofVersion =
  ({ version }: ReadModel) =>
  (record: BuildRecord): boolean =>
    record.version === version;

export type Builds = ReturnType<typeof buildsIn>;

/** The list of builds: what answers, and how far everything has come. */
export const buildsIn = (engine: Engine) => {
  const recordsOf = (manager: EntityManager, model: string): Promise<BuildRecord[]> =>
    manager.getRepository<BuildRecord>(buildTable).findBy({ model });

  /** Held until the end of the transaction: nobody advances them meanwhile. SQLite lets nobody else write anyway. */
  const recordsHeld = (manager: EntityManager, { name }: ReadModel): Promise<BuildRecord[]> =>
    manager.getRepository<BuildRecord>(buildTable).find({
      where: { model: name },
      ...(engine === 'postgres' && { lock: { mode: 'pessimistic_write' as const } }),
    });

  const add = async (manager: EntityManager, model: ReadModel, slot: Slot, answers: boolean): Promise<Build> => {
    const record = recordOf(model, slot, answers);
    await manager.getRepository<BuildRecord>(buildTable).insert(record);
    return buildOf(model, record);
  };

  const remove = async (manager: EntityManager, record: Pick<BuildRecord, 'model' | 'version' | 'slot'>) => {
    const { model, version, slot } = record;
    await manager.getRepository(buildTable).delete({ model, version, slot });
    await manager.getRepository(setAsideTable).delete({ model, version, slot });
  };

  const empty = async (manager: EntityManager, { model, version, slot }: BuildRecord): Promise<void> => {
    const table = `"${tableName(model, version, slot)}"`;
    await manager.query(engine === 'postgres' ? `TRUNCATE ${table}` : `DELETE FROM ${table}`);
  };

  const dropVersion = async (manager: EntityManager, { model, version }: BuildRecord): Promise<void> => {
    for (const slot of ['a', 'b'] as const) {
      await manager.query(`DROP TABLE IF EXISTS "${tableName(model, version, slot)}"`);
    }
  };

  /** Numbered for PostgreSQL, in their order for SQLite. */
  const parameter = (nth: number): string => (engine === 'postgres' ? `$${nth}` : '?');

  /** Only from where this writer knows them to be: another writer's work is never overwritten. */
  const advanceSql = (count: number): string => {
    const places = Array.from({ length: count }, (_none, nth) =>
      ['model', 'version', 'slot', 'position']
        .map((name, at) => `${name} = ${parameter(3 + 4 * nth + at)}`)
        .join(' AND '),
    );
    return `UPDATE ${buildTable} SET position = ${parameter(1)}, event_id = ${parameter(2)}
      WHERE (${places.join(') OR (')}) RETURNING model`;
  };

  return {
    /** By the names of their models. */
    answering: async (manager: EntityManager): Promise<ReadonlyMap<string, BuildRecord>> => {
      const records = await manager.getRepository<BuildRecord>(buildTable).findBy({ answers: true });
      return new Map(records.map((record) => [record.model, record]));
    },

    standing: async (manager: EntityManager, of: ReadModel): Promise<Standing> => {
      const records = await recordsOf(manager, of.name);
      if (!records.some(({ answers }) => answers)) return { model: of, answering: await add(manager, of, 'a', true) };
      const own = records.filter(ofVersion(of));
      const answering = own.find(({ answers }) => answers);
      const begun = own.find(({ answers }) => !answers);
      return {
        model: of,
        ...(answering && { answering: buildOf(of, answering) }),
        ...(begun && { begun: buildOf(of, begun) }),
      };
    },

    /** False when not all of them are where they were: then the transaction is to be undone. */
    advance: async (
      manager: EntityManager,
      builds: readonly Build[],
      upTo: Readonly<{ position: number; eventId: string }>,
    ): Promise<boolean> => {
      const places = builds.flatMap(({ model, slot, position }) => [model.name, model.version, slot, position]);
      const sql = advanceSql(builds.length);
      const answer: unknown = await manager.query(sql, [upTo.position, upTo.eventId, ...places]);
      // PostgreSQL's driver answers an update with its rows and their number, SQLite's with the rows alone.
      const rows: unknown = engine === 'postgres' ? (answer as unknown[])[0] : answer;
      return (rows as unknown[]).length === builds.length;
    },

    beginBeside: async (manager: EntityManager, of: ReadModel): Promise<Build> => {
      const records = await recordsOf(manager, of.name);
      const answering = records.filter(ofVersion(of)).find(({ answers }) => answers);
      const beside = answering ? otherSlot(answering.slot) : 'a';
      const record = recordOf(of, beside, false);
      await remove(manager, record);
      await empty(manager, record);
      return add(manager, of, beside, false);
    },

    switchTo: async (
      manager: EntityManager,
      build: Build,
      evenIfBehind: boolean,
    ): Promise<'switched' | 'behind' | 'superseded'> => {
      const records = await recordsHeld(manager, build.model);
      const own = records.filter(ofVersion(build.model));
      const next = own.find(({ slot: place }) => place === build.slot);
      if (!next || next.answers || next.position !== build.position) return 'superseded';
      const repository = manager.getRepository<BuildRecord>(buildTable);
      for (const old of records.filter((record) => record !== next)) {
        const isAhead = old.answers && old.version === next.version && old.position > next.position;
        if (isAhead && !evenIfBehind) return 'behind';
        await remove(manager, old);
        if (old.version === next.version) await empty(manager, old);
        else await dropVersion(manager, old);
      }
      await repository.update({ model: next.model, version: next.version, slot: next.slot }, { answers: true });
      return 'switched';
    },
  };
};
