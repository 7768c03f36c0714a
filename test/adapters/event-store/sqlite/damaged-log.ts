import { copyFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import {
  verifySqliteLog,
  type VerifySettings,
  type Verified,
} from '#adapters/event-store/sqlite/verify/verify-sqlite-log.js';
import { agentId, callId, merchantId, type StreamId } from '#domain/kernel/ids.js';
import { fakeClock } from '#test/support/fake-clock.js';
import { anEvent } from '#test/support/store-events.js';

export const [north, south] = [merchantId('north'), merchantId('south')];

/** Two tenants' calls, one event after the other: `north`, `south`, `north`, … */
export const writeTwoTenants = async (file: string, events: number): Promise<void> => {
  const clock = fakeClock();
  const store = await openSqliteStore({ file, clock });
  const streams: StreamId[] = [callId(north, 'n1'), callId(south, 's1'), agentId(north, 'anna'), callId(south, 's2')];
  for (let nth = 0; nth < events; nth += 1) {
    const stream = streams[nth % streams.length] ?? callId(north, 'n1');
    const types = ['CallDelivered', 'CallEstablished', 'CallHeld'];
    const event = anEvent(types[nth % types.length], { nth, said: 'Grüße, 東京 \ufffd' });
    await store.events.append({ stream, expected: 'any', events: [event] });
    clock.advance(5);
  }
  await store.close();
};

/** A copy of a log that was closed, with something done to it by SQL. */
export const alteredCopy = (file: string, copy: string, alter: (database: Database.Database) => void): string => {
  copyFileSync(file, copy);
  const database = new Database(copy);
  alter(database);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  return copy;
};

export const verifiedAs = (file: string, more: Partial<VerifySettings> = {}): Promise<Verified> =>
  verifySqliteLog({ file, ...more });
