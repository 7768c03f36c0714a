import { EntitySchema, EntitySchemaOptions, type EntitySchemaColumnOptions, type ValueTransformer } from 'typeorm';
import type { Cell, Column, ReadModelRow, RowShape, Slot } from '#domain/contracts/read-models.js';
import { readCell, sqlTypeOf, storedCell, type Engine, type StoredCell } from './engine.js';

/** `firstPosition` → `first_position`. */
export const columnName = (property: string): string =>
  property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** `call-journey`, 1, `a` → `call_journey_1a`. */
export const tableName = (model: string, version: number, slot: Slot): string =>
  `${model.replaceAll('-', '_')}_${version}${slot}`;

export type RowTable = Readonly<{ name: string; shape: RowShape; entity: EntitySchema<ReadModelRow> }>;

const transformerOf = (column: Column): ValueTransformer => ({
  to: (cell: Cell) => storedCell(column, cell),
  from: (stored: StoredCell) => readCell(column, stored),
});

const columnOptions = (engine: Engine, table: string, property: string, { column, isKey }: ShapedColumn) =>
  ({
    name: columnName(property),
    type: sqlTypeOf(engine, column.kind),
    nullable: column.optional ?? false,
    transformer: transformerOf(column),
    ...(isKey && { primary: true, primaryKeyConstraintName: `${table}_key` }),
  }) satisfies EntitySchemaColumnOptions;

type ShapedColumn = Readonly<{ column: Column; isKey: boolean }>;

type Described<Entity> = Pick<EntitySchemaOptions<Entity>, 'name' | 'tableName' | 'columns' | 'indices'>;
const entityOf = <Entity extends object>(options: Described<Entity>): EntitySchema<Entity> =>
  new EntitySchema(Object.assign(new EntitySchemaOptions<Entity>(), options));

/** What TypeORM calls an entity: the rows of one model, version and place. */
export const rowTable = (engine: Engine, name: string, shape: RowShape): RowTable => ({
  name,
  shape,
  entity: entityOf<ReadModelRow>({
    name,
    tableName: name,
    columns: Object.fromEntries(
      Object.entries(shape.columns).map(([property, column]) => [
        property,
        columnOptions(engine, name, property, { column, isKey: property === shape.key }),
      ]),
    ),
    indices: shape.indexes.map((columns, nth) => ({ name: indexName(name, nth), columns: [...columns] })),
  }),
});

export const indexName = (table: string, nth: number): string => `${table}_index_${nth + 1}`;

/** Which build of which model answers, and how far each has come. */
export type BuildRecord = {
  model: string;
  version: number;
  slot: Slot;
  position: number;
  eventId: string;
  answers: boolean;
  /** JSON of the rows' shape, for whoever reads rows of a version that it does not know. */
  shape: string;
};

const integer = (engine: Engine) => ({
  type: sqlTypeOf(engine, 'integer'),
  transformer: transformerOf({ kind: 'integer' }),
});
const text = { type: 'text' } as const;
const keyed = (table: string) => ({ primary: true, primaryKeyConstraintName: `${table}_key` }) as const;

export const buildTable = 'read_model_builds';
export const buildEntity = (engine: Engine): EntitySchema<BuildRecord> =>
  entityOf<BuildRecord>({
    name: buildTable,
    tableName: buildTable,
    columns: {
      model: { ...text, ...keyed(buildTable) },
      version: { ...integer(engine), ...keyed(buildTable) },
      slot: { ...text, ...keyed(buildTable) },
      position: integer(engine),
      eventId: { ...text, name: 'event_id' },
      answers: { type: 'boolean' },
      shape: text,
    },
  });

/** Events that a build could not take. */
export type SetAsideRecord = {
  model: string;
  version: number;
  slot: Slot;
  position: number;
  type: string;
  reason: string;
};

export const setAsideTable = 'read_model_set_aside';
export const setAsideEntity = (engine: Engine): EntitySchema<SetAsideRecord> =>
  entityOf<SetAsideRecord>({
    name: setAsideTable,
    tableName: setAsideTable,
    columns: {
      model: { ...text, ...keyed(setAsideTable) },
      version: { ...integer(engine), ...keyed(setAsideTable) },
      slot: { ...text, ...keyed(setAsideTable) },
      position: { ...integer(engine), ...keyed(setAsideTable) },
      type: text,
      reason: text,
    },
  });
