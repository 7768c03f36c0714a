import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { freePort } from './free-port.js';
import type { Missing } from './outside-service.js';

/** A PostgreSQL server of the tests' own, on a folder that is gone afterwards. */
export type PostgresServer = Readonly<{
  url: (database: string) => string;
  /** As when the machine is switched off: no connection is told. */
  kill: () => Promise<void>;
  startAgain: () => Promise<void>;
  stop: () => Promise<void>;
  /** At the end of a process, where nothing can be waited for. */
  stopNow: () => void;
}>;

const debianFolder = '/usr/lib/postgresql';
const named = process.env['TRUNKLINE_TEST_POSTGRES'];

const canRun = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const versionsIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).sort((one, other) => Number(other) - Number(one));
  } catch {
    return [];
  }
};

/** Folder of `initdb` and `postgres`. */
const binaries = (): string | undefined =>
  [
    ...versionsIn(debianFolder).map((version) => join(debianFolder, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(':'),
    '/opt/homebrew/opt/postgresql/bin',
  ].find((folder) => folder !== '' && canRun(join(folder, 'initdb')) && canRun(join(folder, 'postgres')));

const howToGetIt =
  'PostgreSQL is not here. Debian, Ubuntu: sudo apt-get install postgresql; macOS: brew install postgresql; or name a ' +
  'server whose user may create databases: TRUNKLINE_TEST_POSTGRES=postgres://user:password@host/postgres';

export const missingPostgres = (): Missing =>
  named !== undefined || binaries() !== undefined ? undefined : howToGetIt;

/** A private server needs the programs, even where another server is named. */
export const missingPostgresPrograms = (): Missing => (binaries() === undefined ? howToGetIt : undefined);

/** The server refuses to run as root; as root, it is given to the user that Debian's package makes. */
const serverUser = (): Readonly<{ uid: number; gid: number }> | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim());
  return { uid: id('-u'), gid: id('-g') };
};

const ended = (child: ChildProcess): Promise<unknown> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', resolve));

const initialise = (bin: string, data: string, user: ReturnType<typeof serverUser>): void => {
  const { status, stderr } = spawnSync(
    join(bin, 'initdb'),
    ['--pgdata', data, '--username', 'trunkline', '--auth', 'trust', '--encoding', 'UTF8', '--no-locale', '--no-sync'],
    { ...user, cwd: '/', encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`initdb: ${stderr}`);
};

/** @throws {Error} when the programs are not here: see `missingPostgresPrograms` */
export const startPostgres = async (): Promise<PostgresServer> => {
  const bin = binaries();
  if (bin === undefined) throw new Error(howToGetIt);
  const user = serverUser();
  const data = mkdtempSync(join(tmpdir(), 'trunkline-postgres-'));
  chownSync(data, user?.uid ?? userInfo().uid, user?.gid ?? userInfo().gid);
  initialise(bin, data, user);
  const port = await freePort();

  const start = async (): Promise<ChildProcess> => {
    const said: string[] = [];
    const child = spawn(
      join(bin, 'postgres'),
      ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', data, '-c', 'max_connections=100'],
      { ...user, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
    );
    await new Promise<void>((resolve, reject) => {
      child.stderr.on('data', (chunk: Buffer) => {
        said.push(chunk.toString());
        if (said.join('').includes('ready to accept connections')) resolve();
      });
      child.once('exit', () => {
        reject(new Error(`postgres: ${said.join('')}`));
      });
    });
    // Whoever uses the server decides how long the process lives, not the server.
    child.unref();
    (child.stderr as Readonly<{ unref?: () => void }> & typeof child.stderr).unref?.();
    return child;
  };
  let child = await start();

  return {
    url: (database) => `postgres://trunkline@127.0.0.1:${port}/${database}`,
    kill: async () => {
      // Immediate shutdown: the children of a server that is killed outright would keep its folder for seconds.
      child.kill('SIGQUIT');
      await ended(child);
    },
    startAgain: async () => {
      child = await start();
    },
    stop: async () => {
      child.kill('SIGINT');
      await ended(child);
      rmSync(data, { recursive: true, force: true });
    },
    stopNow: () => {
      child.kill('SIGQUIT');
      rmSync(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
};

let shared: Promise<string> | undefined;

/** One server for all suites of a process; it ends with the process. */
const sharedServer = async (): Promise<string> => {
  if (named !== undefined) return named;
  const server = await startPostgres();
  process.once('exit', server.stopNow);
  return server.url('postgres');
};

const onDatabase = async (url: string, ...statements: readonly string[]): Promise<void> => {
  const source = await new DataSource({ type: 'postgres', url }).initialize();
  for (const statement of statements) await source.query(statement);
  await source.destroy();
};

/** Takes everything out of a database of ours. */
export const emptyPostgresDatabase = (url: string): Promise<void> =>
  onDatabase(url, 'DROP SCHEMA public CASCADE', 'CREATE SCHEMA public');

let made = 0;

/** An empty database on the tests' server; answers its address. */
export const freshPostgresDatabase = async (): Promise<string> => {
  const address = await (shared ??= sharedServer());
  made += 1;
  const name = `trunkline_test_${process.pid}_${made}`;
  await onDatabase(address, `DROP DATABASE IF EXISTS ${name}`, `CREATE DATABASE ${name}`);
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.href;
};
