import { spawn, spawnSync, type ChildProcess, type SpawnSyncReturns } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { SmallDiskReport } from './store-on-small-disk.child.js';

const script = (name: string): string => fileURLToPath(new URL(`./${name}.child.js`, import.meta.url));

export type StoreProcess = Readonly<{
  /** What it has said so far, line by line. */
  lines: readonly string[];
  /** Resolves when it has said so many lines; rejects when it ends before that. */
  said: (count: number) => Promise<void>;
  /** SIGKILL: nothing in it gets to run any more. Resolves when all that it said has been read. */
  kill: () => Promise<void>;
}>;

const untilSaid = (child: ChildProcess, lines: readonly string[], count: number, errors: () => string): Promise<void> =>
  new Promise((resolve, reject) => {
    const check = (): void => {
      if (lines.length >= count) resolve();
    };
    child.stdout?.on('data', check);
    child.once('exit', () => {
      reject(new Error(`the process ended: ${errors()}`));
    });
    check();
    if (child.exitCode !== null) reject(new Error(`the process has ended: ${errors()}`));
  });

/** A process that writes into a store without end. */
export const storeUnderLoad = (file: string): StoreProcess => {
  const child = spawn(process.execPath, ['--enable-source-maps', script('store-under-load'), file]);
  const lines: string[] = [];
  let errors = '';
  const output = createInterface(child.stdout);
  output.on('line', (line) => lines.push(line));
  const allRead = once(output, 'close');
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  return {
    lines,
    said: (count) => untilSaid(child, lines, count, () => errors),
    kill: async () => {
      child.kill('SIGKILL');
      await allRead;
    },
  };
};

const inOwnMounts = ['--user', '--map-root-user', '--mount'];

/** Whether this machine lets a process of ours mount a disk of its own. */
export const smallDisksArePossible = (): boolean =>
  spawnSync('unshare', [...inOwnMounts, 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()]).status === 0;

const reported = ({ status, stdout, stderr }: SpawnSyncReturns<Buffer>): SmallDiskReport => {
  if (status !== 0) throw new Error(stderr.toString());
  return JSON.parse(stdout.toString()) as SmallDiskReport;
};

/** What a store saw on a disk that was full for a while. */
export const storeOnSmallDisk = (directory: string): SmallDiskReport => {
  const disk = mkdtempSync(join(directory, 'disk-'));
  return reported(spawnSync('unshare', [...inOwnMounts, process.execPath, script('store-on-small-disk'), disk]));
};

/** Whether this machine can limit the size of a process's files while it runs (Linux). */
export const limitsArePossible = (): boolean => spawnSync('prlimit', ['--version']).status === 0;

/** What a store saw whose files could not grow for a while. */
export const storeWithinLimits = (directory: string): SmallDiskReport =>
  reported(
    spawnSync(process.execPath, [script('store-on-small-disk'), mkdtempSync(join(directory, 'disk-')), 'limited']),
  );
