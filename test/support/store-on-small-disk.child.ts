import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '#adapters/clock/system.clock.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import type { Finding } from '#adapters/event-store/sqlite/verify/finding.js';
import { verifySqliteLog } from '#adapters/event-store/sqlite/verify/verify-sqlite-log.js';
import { EventStoreFailure, type AppendResult } from '#domain/contracts/event-store.js';
import { anEvent, anna, boris } from './store-events.js';
import { collect, positionsOf } from './store-harness.js';

/** Positions acknowledged so far, and those in the log, at the moment it was full, and when there was room again. Said as JSON. */
export type SmallDiskReport = Readonly<{
  whenFull: Readonly<{ acknowledged: number[]; logged: number[]; refusals: string[] }>;
  whenRoom: Readonly<{ logged: number[]; after: AppendResult }>;
  logAgain: number[];
  /** What verifying finds wrong at the end. */
  findings: readonly Finding[];
}>;

/** A disk that can be full. */
type Disk = Readonly<{ fill: () => void; makeRoom: () => void }>;

const [, , directory = '', kind = ''] = process.argv;
const file = join(directory, 'log.db');

const ran = (command: string, ...args: readonly string[]): void => {
  const { status, stderr } = spawnSync(command, args);
  if (status !== 0) throw new Error(`${command}: ${stderr.toString()}`);
};

/** Four megabytes, mounted where the process may mount. */
const mountedDisk = (): Disk => {
  const filler = join(directory, 'filler');
  ran('mount', '-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', directory);
  return {
    fill: () => {
      const { bavail, bsize } = statfsSync(directory);
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - 256 * 1024)));
    },
    makeRoom: () => {
      rmSync(filler);
    },
  };
};

/** RLIMIT_FSIZE: no file may grow beyond a megabyte; the system fails such a write, and says so by a signal. */
const limitedFiles = (): Disk => {
  process.on('SIGXFSZ', () => undefined);
  const limit = (size: string): void => {
    ran('prlimit', '--pid', String(process.pid), `--fsize=${size}:unlimited`);
  };
  return {
    fill: () => {
      limit('1000000');
    },
    makeRoom: () => {
      limit('unlimited');
    },
  };
};

/** Puts a store on a disk, fills the disk, writes until that fails, makes room, writes again, opens the store anew. */
const disk = kind === 'limited' ? limitedFiles() : mountedDisk();
const page = { page: 'x'.repeat(10_000) };
const store = await openSqliteStore({ file, clock: systemClock });

const acknowledged: number[] = [];
const refusals: string[] = [];
const kindOf = (reason: unknown): string => (reason instanceof EventStoreFailure ? reason.failure : String(reason));

const write = async (count: number): Promise<void> => {
  const results = await Promise.allSettled(
    Array.from({ length: count }, () =>
      store.events.append({ stream: anna, expected: 'any', events: [anEvent('PageViewed', page), anEvent()] }),
    ),
  );
  for (const result of results) {
    if (result.status === 'rejected') refusals.push(kindOf(result.reason));
    else if (result.value.outcome === 'appended') acknowledged.push(result.value.position - 1, result.value.position);
  }
};
const logged = async (): Promise<number[]> => positionsOf(await collect(store.events.readAll({ after: 0 })));

await write(3);
disk.fill();
while (refusals.length === 0) await write(4);
const whenFull = { acknowledged: [...acknowledged], refusals: [...refusals], logged: await logged() };

disk.makeRoom();
const after = await store.events.append({ stream: boris, expected: 'no-stream', events: [anEvent()] });
await write(2);
const whenRoom = { after, logged: await logged() };
await store.close();

const reopened = await openSqliteStore({ file, clock: systemClock });
const logAgain = positionsOf(await collect(reopened.events.readAll({ after: 0 })));
await reopened.close();
const { findings } = await verifySqliteLog({ file });
process.stdout.write(JSON.stringify({ whenFull, whenRoom, logAgain, findings } satisfies SmallDiskReport));
