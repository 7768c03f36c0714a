import type { LogEvent } from '../events.js';

/** What a column holds: `integer` an instant, a position or a count; `list` texts in their order. */
export type ColumnKind = 'text' | 'integer' | 'boolean' | 'list';
export type Column = Readonly<{ kind: ColumnKind; optional?: true }>;
export type Columns = Readonly<Record<string, Column>>;

export type Cell = string | number | boolean | readonly string[] | undefined;
export type ReadModelRow = Readonly<Record<string, Cell>>;

/** What a model's rows look like, where they are kept. */
export type RowShape = Readonly<{
  /** The column whose text names the row; it carries the tenant. */
  key: string;
  columns: Columns;
  /** The orders and conditions that pages are read by; each begins with the tenant. */
  indexes: readonly (readonly string[])[];
}>;

/**
 * What people query, as a fold of the log into rows. Same events, same rows: no clock, no query, no order but the log's.
 * Nothing here knows where the rows are kept.
 */
export type ReadModel<Row extends ReadModelRow = ReadModelRow> = Readonly<{
  name: string;
  /** Raised with each change of what the rows say: they are then built anew beside the old ones. */
  version: number;
  shape: RowShape;
  /** Names of the rows that an event may change. */
  keysOf(event: LogEvent): readonly string[];
  /** The row after the event; `undefined`: there is none. */
  evolve(row: Row | undefined, event: LogEvent, key: string): Row | undefined;
}>;

/** Of the two places that each version has, the one that answers and the one beside it, where it is built anew. */
export type Slot = 'a' | 'b';

/** How far a model's rows in one place have come. */
export type Build = Readonly<{
  model: ReadModel;
  slot: Slot;
  /** Everything up to here is in the rows; 0: nothing. */
  position: number;
  /** Id of the event there, by which the log is known again. */
  eventId?: string;
}>;

export type Standing = Readonly<{
  model: ReadModel;
  /** What answers, if it is of this version. */
  answering?: Build;
  /** What has been begun beside it. */
  begun?: Build;
}>;

/** An event that a model could not take. */
export type SetAside = Readonly<{ position: number; type: string; reason: string }>;

export type BuildChange = Readonly<{
  build: Build;
  rows: readonly ReadModelRow[];
  deleted: readonly string[];
  setAside: readonly SetAside[];
}>;

/** `unavailable`: the database does not answer, or not now; `bad-data`: it refuses the rows of `model`. */
export class ReadModelFailure extends Error {
  readonly type = 'read-model-failure';
  constructor(
    readonly failure: 'unavailable' | 'bad-data',
    message: string,
    options?: ErrorOptions & Readonly<{ model?: string }>,
  ) {
    super(message, options);
    this.model = options?.model;
  }
  readonly model: string | undefined;
}

/** Where rows are kept, with how far each model has come. Every method may throw `ReadModelFailure`. */
export interface ReadModelStore {
  /** Makes room for models that are new. */
  standings(): Promise<readonly Standing[]>;
  /** The rows of these names that are there. */
  load(build: Build, keys: readonly string[]): Promise<ReadonlyMap<string, ReadModelRow>>;
  /**
   * All changes and the new position of each build, or nothing. `superseded`: somebody else has written there, or it no
   * longer answers; nothing was written.
   */
  write(changes: readonly BuildChange[], upTo: Readonly<{ position: number; eventId: string }>): Promise<WriteOutcome>;
  /** Empties the place beside the one that answers. */
  beginBeside(model: ReadModel): Promise<Build>;
  /**
   * Lets these builds answer, and removes what answered before. `behind`: what answers has come further, unless that
   * does not matter, as it was made of another log; `superseded`: somebody else has begun again.
   */
  switchTo(
    builds: readonly Build[],
    options?: Readonly<{ evenIfBehind: boolean }>,
  ): Promise<'switched' | 'behind' | 'superseded'>;
  /** What could not be taken into what answers now. */
  setAside(model: ReadModel): Promise<readonly SetAside[]>;
  close(): Promise<void>;
}

export type WriteOutcome = 'written' | 'superseded';
