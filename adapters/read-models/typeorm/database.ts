import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataSource, type DataSourceOptions, type EntityManager, type EntitySchema } from 'typeorm';
import type { Clock } from '#domain/contracts/clock.js';
import { ReadModelFailure } from '#domain/contracts/read-models.js';
import type { Engine } from './engine.js';
import { startCheckpoints, type Checkpoints } from './checkpoints.js';
import { failureOf, isBusy, Undone } from './failures.js';
import { migrations } from './migrations.js';
import { mutex } from './mutex.js';

/** A file of its own, PostgreSQL, or nowhere: forgotten at the end. */
export type ReadModelLocation = Readonly<{ file: string }> | Readonly<{ url: string }> | 'memory';

export type Database = Readonly<{
  engine: Engine;
  /** Works on what is committed. */
  read: <Result>(work: (manager: EntityManager) => Promise<Result>) => Promise<Result>;
  /** All of the work or nothing of it. Only one at a time. */
  transact: <Result>(work: (manager: EntityManager) => Promise<Result>) => Promise<Result>;
  close: () => Promise<void>;
}>;

export type DatabaseSettings = Readonly<{
  location: ReadModelLocation;
  entities: readonly EntitySchema[];
  clock: Clock;
  /** Once open, before anything else: perhaps there are more entities to be known. */
  onOpened: (manager: EntityManager) => Promise<readonly EntitySchema[]>;
}>;

export const engineOf = (location: ReadModelLocation): Engine =>
  typeof location === 'object' && 'url' in location ? 'postgres' : 'better-sqlite3';

/** Pages (64 MB) at which the connection itself moves what the checkpoints' thread has not yet. */
const checkpointPages = 16_384;
/** Transactions after which the write-ahead log gets a thread that keeps it short. */
const worthAThread = 100;
const connections = 5;
const patienceMs = 3_000;
const queryPatienceMs = 30_000;

/** Personal data: nobody but its owner reads the file. */
const makeFile = (file: string): void => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
};

type Pragmas = Readonly<{ pragma: (pragma: string) => unknown }>;

/** It can be built anew from the log, so a commit need not wait for the disk. */
const prepareSqlite = (database: Pragmas): void => {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  // What a row no longer says is gone from the file, too.
  database.pragma('secure_delete = ON');
};

export const optionsFor = (location: ReadModelLocation, entities: readonly EntitySchema[]): DataSourceOptions => {
  const common = {
    entities: [...entities],
    migrations: [...migrations],
    synchronize: false,
    logging: false,
  };
  if (typeof location === 'object' && 'url' in location) {
    return {
      ...common,
      type: 'postgres',
      url: location.url,
      poolSize: connections,
      connectTimeoutMS: patienceMs,
      applicationName: 'trunkline',
      installExtensions: false,
      // A connection that breaks while nobody uses it is replaced when somebody does.
      poolErrorHandler: () => undefined,
      extra: { keepAlive: true, query_timeout: queryPatienceMs },
    };
  }
  const database = location === 'memory' ? ':memory:' : location.file;
  // The driver would wait for another process with the event loop standing still.
  return { ...common, type: 'better-sqlite3', database, timeout: 0, prepareDatabase: prepareSqlite };
};

const busyPauseMs = 5;
const busyPatience = 2_000;

/**
 * One DataSource, opened when it is first needed. SQLite's driver has a single connection and no lock: what one
 * transaction has not committed another would see, commit or roll back. So whoever wants it waits for his turn.
 */
export const openDatabase = ({ location, entities, clock, onOpened }: DatabaseSettings): Database => {
  const engine = engineOf(location);
  const inTurn = mutex();
  const writing = mutex();
  let opening: Promise<DataSource> | undefined;
  let checkpoints: Checkpoints | undefined;
  let transactions = 0;
  let closed = false;

  const connect = async (known: readonly EntitySchema[]): Promise<DataSource> => {
    const source = new DataSource(optionsFor(location, known));
    await source.initialize();
    return source;
  };

  const open = async (): Promise<DataSource> => {
    if (typeof location === 'object' && 'file' in location) makeFile(location.file);
    let source = await connect(entities);
    try {
      await source.runMigrations({ transaction: 'each' });
      const more = await onOpened(source.manager);
      if (more.length > 0) {
        await source.destroy();
        source = await connect([...entities, ...more]);
      }
    } catch (thrown) {
      await source.destroy().catch(() => undefined);
      throw thrown;
    }
    return source;
  };

  const opened = (): Promise<DataSource> => {
    if (closed) throw new ReadModelFailure('unavailable', 'the read models are closed');
    opening ??= open().catch((thrown: unknown) => {
      opening = undefined;
      throw thrown;
    });
    return opening;
  };

  /** Another process that writes is through within milliseconds; meanwhile the event loop goes on. */
  const whenFree = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    for (let waited = 0; ; waited += busyPauseMs) {
      try {
        return await work();
      } catch (thrown) {
        if (thrown instanceof Undone) throw thrown;
        if (!isBusy(thrown) || waited >= busyPatience) throw failureOf(thrown);
        await new Promise<void>((resolve) => clock.schedule(busyPauseMs, resolve));
      }
    }
  };

  const transaction = async <Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result> => {
    const result = await (await opened()).transaction(work);
    transactions += 1;
    if (transactions === worthAThread && !closed && typeof location === 'object' && 'file' in location) {
      checkpoints = startCheckpoints(location.file);
    }
    return result;
  };

  return {
    engine,
    read: <Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result> => {
      const reading = (): Promise<Result> => whenFree(async () => work((await opened()).manager));
      return engine === 'postgres' ? reading() : inTurn(reading);
    },
    transact: (work) => (engine === 'postgres' ? writing : inTurn)(() => whenFree(() => transaction(work))),
    close: async () => {
      closed = true;
      const source = await opening?.catch(() => undefined);
      await checkpoints?.close();
      await inTurn(async () => source?.destroy());
    },
  };
};
