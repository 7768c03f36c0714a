import type { Database } from 'better-sqlite3';
import { KeyFailure } from '#domain/contracts/keys.js';
import { keyFailureOf } from './key-database.js';
import type { KeyWrite, KeyWriteReport } from './key-writes.js';

/** So many writes at most share a commit. */
const writesPerCommit = 512;
const checkpointTries = 200;

/** Empties the write-ahead log into the database: what was overwritten there stands nowhere else. */
const emptyWriteAheadLog = (database: Database): void => {
  for (let tries = 0; tries < checkpointTries; tries += 1) {
    const [result] = database.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }];
    if (result.busy === 0) return;
    // Somebody beside us is reading: a reading of keys takes microseconds.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  }
  throw new KeyFailure(
    'io',
    'keys.db is being read for too long: the destroyed keys are not out of its write-ahead log',
  );
};

/** Writes keys; what is waiting when the transaction is open shares its one sync. */
export const keyWriter = (database: Database) => {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  const putWrapping = database.prepare<[Uint8Array, Uint8Array]>(
    'INSERT INTO wrapping VALUES (1, ?, ?) ON CONFLICT DO UPDATE SET salt = excluded.salt, proof = excluded.proof',
  );
  const insert = database.prepare<[string, Uint8Array]>(
    'INSERT INTO keys (subject, destroyed, wrapped) VALUES (?, 0, ?)',
  );
  const replace = database.prepare<[Uint8Array, string]>('UPDATE keys SET wrapped = ? WHERE subject = ?');
  const overwrite = database.prepare<[string]>(
    'UPDATE keys SET destroyed = 1, wrapped = zeroblob(length(wrapped)) WHERE subject = ?',
  );
  const remember = database.prepare<[string]>(
    `INSERT INTO keys (subject, destroyed, wrapped) VALUES (?, 1, x'') ON CONFLICT DO NOTHING`,
  );

  const write = (asked: KeyWrite): void => {
    switch (asked.write) {
      case 'save':
        putWrapping.run(asked.wrapping.salt, asked.wrapping.proof);
        insert.run(asked.key.subject, asked.key.wrapped);
        return;
      case 'destroy':
        for (const subject of asked.subjects) {
          overwrite.run(subject);
          remember.run(subject);
        }
        return;
      case 'rewrap':
        putWrapping.run(asked.wrapping.salt, asked.wrapping.proof);
        for (const { subject, wrapped } of asked.keys) replace.run(wrapped, subject);
    }
  };

  return {
    /** @param next takes the next waiting write, if there is one */
    commit: (first: KeyWrite, next: () => KeyWrite | undefined): readonly KeyWriteReport[] => {
      const taken = [first];
      try {
        begin.run();
        write(first);
        for (let asked = next(); asked; asked = taken.length < writesPerCommit ? next() : undefined) {
          taken.push(asked);
          write(asked);
        }
        commit.run();
        if (taken.some((asked) => asked.write !== 'save')) emptyWriteAheadLog(database);
        return taken.map(() => ({ outcome: 'done' }));
      } catch (thrown) {
        if (database.inTransaction) rollback.run();
        const { failure, message } = keyFailureOf(thrown);
        return taken.map(() => ({ outcome: 'failed', failure, message }));
      }
    },
  };
};
