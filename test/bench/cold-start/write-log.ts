import { join } from 'node:path';
import { openInstallationSecret } from '#adapters/access/installation-secret.js';
import { sealingEventStore } from '#adapters/event-store/personal-data/sealing.event-store.js';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import { openKeys } from '#adapters/keys/open-keys.js';
import type { SubjectKeys } from '#domain/contracts/keys.js';
import type { LogEvent } from '#domain/events.js';
import { instant, type Instant } from '#domain/kernel/time.js';
import { subjectOfEvent } from '#domain/privacy/subject.js';
import type { BusyDay } from '#test/support/busy-day/busy-day.js';

/** Appends under way at once: as many as the writer takes in a few commits. */
const atOnce = 4_000;

/** Merchants by turns, a shift each, until there are so many events. */
const eventsOf = function* (day: BusyDay, events: number, merchants: number): Generator<readonly LogEvent[]> {
  let written = 0;
  for (let merchant = 1; merchant <= merchants; merchant += 1) {
    written += day.opening(merchant).length;
    yield day.opening(merchant);
  }
  for (let shift = 0; written < events; shift += 1) {
    for (let merchant = 1; merchant <= merchants && written < events; merchant += 1) {
      const calls = day.shift(merchant, shift);
      written += calls.length;
      yield calls;
    }
  }
};

/** Whoever waits for a key is overtaken by who comes later: so the keys come first. */
const keysMade = (keys: SubjectKeys, events: readonly LogEvent[]): readonly Promise<void>[] => {
  const subjects = new Set(events.map(({ stream, meta }) => subjectOfEvent(stream, meta)));
  return [...subjects].flatMap((subject) => {
    const sealed = keys.seal(subject, '', 'bench');
    return sealed.outcome === 'sealed' ? (sealed.durable ?? []) : [];
  });
};

/**
 * Writes a log of so many events into that data folder, through the store and with personal data sealed, as if all that
 * follows from them had been done already. Answers its last position.
 */
export const writeLog = async (folder: string, day: BusyDay, events: number, merchants: number): Promise<number> => {
  let now: Instant = instant(0);
  const store = await openSqliteStore({ file: join(folder, 'events.db'), clock: { now: () => now, schedule: never } });
  const keys = await openKeys({
    folder,
    installationSecret: () => openInstallationSecret(join(folder, 'installation.secret')),
  });
  const log = sealingEventStore(store.events, keys);
  let underWay: Promise<unknown>[] = [];
  for (const portion of eventsOf(day, events, merchants)) {
    await Promise.all(keysMade(keys, portion));
    for (const { stream, recordedAt, ...event } of portion) {
      now = recordedAt;
      underWay.push(log.append({ stream, expected: 'any', events: [event] }));
    }
    if (underWay.length < atOnce) continue;
    await Promise.all(underWay);
    underWay = [];
  }
  await Promise.all(underWay);
  const last = await store.events.lastPosition();
  await store.checkpoints.save('process', last);
  await store.close();
  await keys.close();
  return last;
};

const never = (): (() => void) => () => undefined;
