import type { Database } from 'better-sqlite3';
import { eventWriter } from './event-writer.js';
import { sideWriter } from './side-writer.js';
import { failureOf } from './sqlite-failure.js';
import type { BatchReport, BatchResult, WriteBatch } from './write-batch.js';

/** So many batches at most share a commit: a commit that never ends acknowledges nobody. */
const batchesPerCommit = 64;

/** Writes whole batches; what is waiting when the transaction is open shares its one sync. */
export const groupCommit = (database: Database) => {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  const events = eventWriter(database);
  const side = sideWriter(database);

  const write = (batch: WriteBatch): BatchResult => {
    const appended = events.append(batch);
    side.checkpoints(batch.checkpoints);
    return { ...appended, effects: side.effects(batch.effects) };
  };

  const undo = (): void => {
    if (database.inTransaction) rollback.run();
    events.forget();
  };

  return {
    lastPosition: events.lastPosition,

    /**
     * Reports on each batch that it took.
     * @param next takes the next waiting batch, if there is one
     */
    commit: (first: WriteBatch, next: () => WriteBatch | undefined): readonly BatchReport[] => {
      const taken = [first];
      try {
        begin.run();
        const results = [write(first)];
        for (let batch = next(); batch; batch = taken.length < batchesPerCommit ? next() : undefined) {
          taken.push(batch);
          results.push(write(batch));
        }
        events.keepChains();
        commit.run();
        return results.map((result) => ({ outcome: 'committed', result }));
      } catch (thrown) {
        undo();
        const { failure, message } = failureOf(thrown);
        return taken.map(() => ({ outcome: 'failed', failure, message }));
      }
    },
  };
};
