import { Table, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm';
import type { Column, ColumnKind } from '#domain/contracts/read-models.js';
import { sqlTypeOf, type Engine } from '../engine.js';
import { columnName, indexName } from '../tables.js';

/** As it was then: a migration is never changed once released, whatever becomes of the models. */
type TableThen = Readonly<{
  name: string;
  key: readonly string[];
  columns: Readonly<Record<string, Column>>;
  indexes: readonly (readonly string[])[];
}>;

const of = (kind: ColumnKind): Column => ({ kind });
const [text, integer, boolean, list] = [of('text'), of('integer'), of('boolean'), of('list')];
const perhaps = (column: Column): Column => ({ ...column, optional: true });

const builds: TableThen = {
  name: 'read_model_builds',
  key: ['model', 'version', 'slot'],
  columns: {
    model: text,
    version: integer,
    slot: text,
    position: integer,
    eventId: text,
    answers: boolean,
    shape: text,
  },
  indexes: [],
};

const setAside: TableThen = {
  name: 'read_model_set_aside',
  key: ['model', 'version', 'slot', 'position'],
  columns: { model: text, version: integer, slot: text, position: integer, type: text, reason: text },
  indexes: [],
};

const callJourney: TableThen = {
  name: 'call_journey_1',
  key: ['contactId'],
  columns: {
    contactId: text,
    merchantId: text,
    steps: text,
    firstPosition: integer,
    lastPosition: integer,
    events: integer,
    startedAt: integer,
    lastAt: integer,
    open: list,
    failed: boolean,
    calls: list,
    agents: list,
    linkId: perhaps(text),
    origin: perhaps(text),
    identified: perhaps(integer),
  },
  indexes: [['merchantId', 'firstPosition']],
};

const callRecords: TableThen = {
  name: 'call_records_1',
  key: ['recordId'],
  columns: {
    recordId: text,
    merchantId: text,
    position: integer,
    callId: text,
    contactId: text,
    linkId: perhaps(text),
    origin: text,
    number: perhaps(text),
    centreId: perhaps(text),
    gatewayId: perhaps(text),
    port: perhaps(integer),
    requestedAt: integer,
    answeredAt: perhaps(integer),
    endedAt: integer,
    talk: integer,
    cause: text,
  },
  indexes: [
    ['merchantId', 'position'],
    ['merchantId', 'endedAt'],
    ['merchantId', 'contactId'],
  ],
};

const contactAgents: TableThen = {
  name: 'contact_agents_1',
  key: ['partId'],
  columns: {
    partId: text,
    merchantId: text,
    contactId: text,
    agentId: text,
    since: integer,
    answeredAt: perhaps(integer),
    disposition: perhaps(text),
    dispositionSaid: perhaps(integer),
  },
  indexes: [
    ['merchantId', 'contactId'],
    ['merchantId', 'agentId', 'contactId'],
  ],
};

const inBothSlots = (table: TableThen): readonly TableThen[] =>
  ['a', 'b'].map((slot) => ({ ...table, name: `${table.name}${slot}` }));

const tables = [builds, setAside, ...[callJourney, callRecords, contactAgents].flatMap(inBothSlots)];

const tableThen = (engine: Engine, { name, key, columns, indexes }: TableThen): Table =>
  new Table({
    name,
    columns: Object.entries(columns).map(([property, { kind, optional }]): TableColumnOptions => ({
      name: columnName(property),
      type: sqlTypeOf(engine, kind),
      isNullable: optional ?? false,
      ...(key.includes(property) && { isPrimary: true, primaryKeyConstraintName: `${name}_key` }),
    })),
    indices: indexes.map((properties, nth) => ({
      name: indexName(name, nth),
      columnNames: properties.map(columnName),
    })),
  });

/** The first tables: journeys, call records and agents' parts, each in two places. */
export class CreateReadModels1763600000000 implements MigrationInterface {
  readonly name = 'CreateReadModels1763600000000';

  async up(runner: QueryRunner): Promise<void> {
    const engine = runner.dataSource.options.type as Engine;
    for (const table of tables) await runner.createTable(tableThen(engine, table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of tables) await runner.dropTable(name, true);
  }
}
