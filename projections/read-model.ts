import type { ColumnKind, ReadModel, ReadModelRow } from '#domain/contracts/read-models.js';
import type { EventType, LogEvent, LogEventOf } from '#domain/events.js';

type KindOf<Value> = Value extends string
  ? 'text'
  : Value extends number
    ? 'integer'
    : Value extends boolean
      ? 'boolean'
      : 'list';

type ColumnOf<Row, Name extends keyof Row> =
  object extends Pick<Row, Name>
    ? Readonly<{ kind: KindOf<NonNullable<Row[Name]>>; optional: true }>
    : Readonly<{ kind: KindOf<Row[Name]> }>;

type NameOf<Row> = keyof Row & string;

type Handlers<Row, Handled extends EventType> = Readonly<{
  [Type in Handled]: Readonly<{
    key: (event: LogEventOf<Type>) => string | undefined;
    evolve: (row: Row | undefined, event: LogEventOf<Type>, key: string) => Row | undefined;
  }>;
}>;

export type ReadModelDefinition<Row extends ReadModelRow> = Readonly<{
  name: string;
  version: number;
  shape: Readonly<{
    key: NameOf<Row>;
    columns: { readonly [Name in NameOf<Row>]-?: ColumnOf<Row, Name> };
    indexes: readonly (readonly NameOf<Row>[])[];
  }>;
}>;

type Handler<Row> = Readonly<{
  key: (event: LogEvent) => string | undefined;
  evolve: (row: Row | undefined, event: LogEvent, key: string) => Row | undefined;
}>;

const none: readonly string[] = [];

/** A read model whose events each change one row at most; `on` is the list of what it listens to. */
export const readModel = <Row extends ReadModelRow, Handled extends EventType>(
  { name, version, shape }: ReadModelDefinition<Row>,
  on: Handlers<Row, Handled>,
): ReadModel<Row> => {
  const handlers = on as unknown as Readonly<Partial<Record<EventType, Handler<Row>>>>;
  return {
    name,
    version,
    shape,
    keysOf: (event) => {
      const key = handlers[event.type]?.key(event);
      return key === undefined ? none : [key];
    },
    evolve: (row, event, key) => {
      const handler = handlers[event.type];
      return handler ? handler.evolve(row, event, key) : row;
    },
  };
};

const required = <Kind extends ColumnKind>(kind: Kind) => ({ kind }) as const;
const optional = <Kind extends ColumnKind>(kind: Kind) => ({ kind, optional: true }) as const;

/** Columns that every row fills, and those that it may leave out. */
export const column = {
  text: required('text'),
  integer: required('integer'),
  boolean: required('boolean'),
  list: required('list'),
  optional: { text: optional('text'), integer: optional('integer') },
} as const;
