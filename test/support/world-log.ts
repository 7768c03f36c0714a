import { setImmediate as nextTurn } from 'node:timers/promises';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import type { Clock } from '#domain/contracts/clock.js';
import { closeWorldsAfterEach, eventStoreDbWorldLog, type WorldLog } from './eventstoredb/esdb-world.js';

const turnsInMemory = 4;

const memoryWorldLog = (clock: Clock): WorldLog => ({
  store: memoryStore({ clock }),
  settled: async () => {
    for (let turn = 0; turn < turnsInMemory; turn += 1) await nextTurn();
  },
});

const onEventStoreDb = process.env['TRUNKLINE_TEST_LOG'] === 'eventstoredb';
if (onEventStoreDb) closeWorldsAfterEach();

/** The log of a test's world: in memory, or on the engine that `TRUNKLINE_TEST_LOG` names. */
export const worldLog: (clock: Clock) => WorldLog = onEventStoreDb ? eventStoreDbWorldLog : memoryWorldLog;
