import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import { EventStoreFailure } from '#domain/contracts/event-store.js';

const ownerOnly = 0o600;
/** One write of always the same length: it is there whole or not at all. */
const digits = 20;
const said = /^\d{20}\n$/;

/** Beside each log: how far it has been acknowledged. */
export const markOf = (file: string): string => `${file}.acknowledged`;

/**
 * The position up to which a log is known to have been acknowledged; 0 where nothing is known.
 * @throws {EventStoreFailure} `corrupt` when the mark cannot be understood
 */
export const acknowledgedIn = (file: string): number => {
  let text: string;
  try {
    text = readFileSync(markOf(file), 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return 0;
    throw thrown;
  }
  if (text === '') return 0;
  if (!said.test(text)) throw new EventStoreFailure('corrupt', `${markOf(file)} does not hold a position`);
  return Number(text);
};

/** @throws {EventStoreFailure} `corrupt` when the log ends before what has been acknowledged */
export const requireAcknowledged = (file: string, lastPosition: number): void => {
  const acknowledged = acknowledgedIn(file);
  if (lastPosition >= acknowledged) return;
  throw new EventStoreFailure(
    'corrupt',
    `the log ${file} ends at position ${lastPosition}, but events up to ${acknowledged} have been acknowledged: ` +
      `its end is lost. Has ${file}-wal been cut or removed, or an older log put here? ` +
      `Restore a backup; or, to go on without them, remove ${markOf(file)}`,
  );
};

/**
 * Notes how far the log has been acknowledged. SQLite takes a write-ahead log that was cut for one that ends there, and
 * says nothing; by this mark it is noticed. The mark is written after the commit has reached the disk and is not synced
 * itself, so it costs a few microseconds, and is never ahead of a log on a disk that keeps its promises.
 */
export const acknowledgedMark = (file: string) => {
  const descriptor = openSync(markOf(file), constants.O_RDWR | constants.O_CREAT, ownerOnly);
  let noted = 0;
  return {
    note: (position: number): void => {
      if (position === noted) return;
      writeSync(descriptor, `${String(position).padStart(digits, '0')}\n`, 0);
      noted = position;
    },
    close: (): void => {
      closeSync(descriptor);
    },
  };
};
