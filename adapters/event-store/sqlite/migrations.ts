import type { Database } from 'better-sqlite3';
import type { StoredEvent } from '../event-codec.js';
import { headAfter, sealOf } from './hash-chain.js';
import { tenantChains } from './tenant-chains.js';

type Migration = (database: Database) => void;

/**
 * Texts that come back again and again (stream names; category and type, together a kind) are kept once and stand
 * in events as integers. `kind_blocks` says which kinds occur in which run of 256 positions: enough for a filtered
 * reading to skip what it need not look at, and a twentieth of what an index entry for each event costs the writer.
 */
const firstTables: Migration = (database) => {
  database.exec(`
    CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE kinds (
      id INTEGER PRIMARY KEY, category TEXT NOT NULL, type TEXT NOT NULL, UNIQUE (category, type)
    ) STRICT;
    CREATE TABLE events (
      position INTEGER PRIMARY KEY,
      stream INTEGER NOT NULL,
      revision INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      recorded_at INTEGER NOT NULL,
      body TEXT NOT NULL,
      UNIQUE (stream, revision)
    ) STRICT;
    CREATE TABLE kind_blocks (kind INTEGER, block INTEGER, PRIMARY KEY (kind, block)) STRICT, WITHOUT ROWID;
    CREATE TABLE effects (key TEXT PRIMARY KEY, done INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE checkpoints (consumer TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `);
};

/** So many events are sealed between two readings: a reading must not be open while its rows are written. */
const sealedAtOnce = 10_000;

const sealWhatIsThere = (database: Database): void => {
  const chains = tenantChains(database);
  const page = database.prepare<[number], StoredEvent>(
    `SELECT events.position, streams.name AS stream, events.revision, kinds.type, events.recorded_at AS recordedAt, body
     FROM events CROSS JOIN streams ON streams.id = events.stream CROSS JOIN kinds ON kinds.id = events.kind
     WHERE events.position > ? ORDER BY events.position LIMIT ${sealedAtOnce}`,
  );
  const seal = database.prepare<[number, number]>('UPDATE events SET seal = ? WHERE position = ?');
  for (let after = 0, events = page.all(after); events.length > 0; events = page.all(after)) {
    for (const event of events) {
      const chain = chains.of(event.stream);
      chains.move(chain, headAfter(chain.head, event), event.position);
      seal.run(sealOf(chain.head), event.position);
      after = event.position;
    }
  }
  chains.keep();
};

/** A hash chain for each tenant: a seal beside each event, and the head of each chain. */
const chains: Migration = (database) => {
  database.exec(`
    ALTER TABLE events ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE chains (tenant TEXT PRIMARY KEY, head TEXT NOT NULL, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `);
  sealWhatIsThere(database);
};

/** Each brings the database from the version before to the next; never changed once released. */
export const migrations: readonly Migration[] = [firstTables, chains];
