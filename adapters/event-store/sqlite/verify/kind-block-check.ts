import type { Database } from 'better-sqlite3';
import { blockOf } from '../schema.js';
import type { Finding } from './finding.js';
import type { RawEvent } from './raw-events.js';

/**
 * Checks the index that filtered readings go by: an event of a kind that it does not know of in that part of the log
 * would be overlooked.
 */
export const kindBlockCheck = (database: Database) => {
  const find = database
    .prepare<[number, number], number>('SELECT 1 FROM kind_blocks WHERE kind = ? AND block = ?')
    .pluck();
  const countBefore = database.prepare<[number], number>('SELECT count(*) FROM kind_blocks WHERE block < ?').pluck();
  const inBlock = new Set<number>();
  let block = 0;
  let before = 0;

  return {
    next: ([position, stream, , , type, , , , , kind]: RawEvent): Finding | undefined => {
      if (typeof position !== 'number' || typeof kind !== 'number') return undefined;
      if (blockOf(position) !== block) {
        before += inBlock.size;
        inBlock.clear();
        block = blockOf(position);
      }
      if (inBlock.has(kind)) return undefined;
      inBlock.add(kind);
      if (find.get(kind, block) !== undefined) return undefined;
      return {
        position,
        stream: String(stream),
        type: String(type),
        wrong: 'the index of kinds does not know of it: filtered readings would leave it out',
      };
    },

    /** When all events have been looked at. The last block is left out: the log may have gone on in it. */
    end: (): Finding | undefined => {
      const entries = countBefore.get(block) ?? 0;
      if (entries === before) return undefined;
      return { wrong: `the index of kinds has ${entries} entries where the events make ${before}` };
    },
  };
};
