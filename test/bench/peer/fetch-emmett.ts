import { execFile } from 'node:child_process';
import { access, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** The newest versions that fit each other. */
const version = '0.38.5';
const packages = [`@event-driven-io/emmett@${version}`, `@event-driven-io/emmett-sqlite@${version}`, 'sqlite3@5.1.7'];
/** Its SQLite binding is compiled where there is no ready-made one. */
const patienceMs = 10 * 60_000;

type Message = Readonly<{ type: string; data: object; metadata: object }>;
type Expected = Readonly<{ expectedStreamVersion: bigint }>;
export type EmmettConnection = Readonly<{ close: () => void }>;

/** What is used of it. */
export type Emmett = Readonly<{
  getSQLiteEventStore: (options: { fileName: string }) => Readonly<{
    appendToStream: (stream: string, messages: readonly Message[], options: Expected) => Promise<unknown>;
  }>;
  sqliteConnection: (options: { fileName: string }) => EmmettConnection;
  createEventStoreSchema: (connection: EmmettConnection) => Promise<void>;
  appendToStream: (
    ...append: [EmmettConnection, stream: string, category: string, messages: readonly Message[], options: Expected]
  ) => Promise<Readonly<{ success: boolean }>>;
}>;

const scriptIn = (folder: string): string =>
  join(folder, 'node_modules', '@event-driven-io', 'emmett-sqlite', 'dist', 'index.js');

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/**
 * Emmett with its SQLite store, fetched into a temporary folder, where the next run finds it. It is never a dependency:
 * it says under no licence what may be done with it.
 * @throws {Error} when it cannot be fetched, for example without a network
 */
export const fetchEmmett = async (log: (line: string) => void): Promise<Emmett> => {
  const folder = join(tmpdir(), `trunkline-bench-emmett-${version}`);
  if (!(await isThere(join(folder, 'fetched')))) {
    log(`fetching ${packages.join(', ')} into ${folder}: takes minutes where SQLite's binding is compiled`);
    await mkdir(folder, { recursive: true });
    const install = ['install', '--no-audit', '--no-fund', '--no-save', '--prefix', folder, ...packages];
    await promisify(execFile)('npm', install, { cwd: folder, timeout: patienceMs });
    await mkdir(join(folder, 'fetched'));
  }
  return (await import(pathToFileURL(scriptIn(folder)).href)) as Emmett;
};
