import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { EventStoreFailure } from '#domain/contracts/event-store.js';
import { acknowledgedIn, requireAcknowledged } from '../acknowledged-mark.js';
import { openForReading } from '../open-database.js';
import { format, formatOf } from '../schema.js';
import { failureOf } from '../sqlite-failure.js';
import { checkEnd } from './end-check.js';
import { eventCheck, type CheckContent } from './event-check.js';
import type { ChainHead, Finding } from './finding.js';
import { kindBlockCheck } from './kind-block-check.js';
import { exactBodies, rawEvents, type RawEvent, type ReadRawEvents } from './raw-events.js';

/** Told now and then how much has been done, of how much. */
export type OnProgress = (done: number, of: number) => void;

export type ExpectedHead = Pick<ChainHead, 'tenant' | 'head'>;

export type VerifySettings = Readonly<{
  file: string;
  /** Whether what is sealed is also understood; none: it is enough that it is what was written. */
  checkContent?: CheckContent;
  /** Heads noted at an earlier time, which the log is to hold still. */
  expected?: readonly ExpectedHead[];
  onProgress?: OnProgress;
}>;

/** `findings`: the first bad event first; empty when nothing is wrong. */
export type Verified = Readonly<{ events: number; heads: readonly ChainHead[]; findings: readonly Finding[] }>;

/** Lines of SQLite's own findings; the first say where to look. */
const mostLines = 10;

const damage = (thrown: unknown): Finding => {
  const failure = failureOf(thrown);
  if (failure.failure !== 'corrupt') throw failure;
  return { wrong: `the file cannot be read: ${failure.message}` };
};

const attempt = <Found>(look: () => Found, otherwise: (finding: Finding) => Found): Found => {
  try {
    return look();
  } catch (thrown) {
    return otherwise(damage(thrown));
  }
};

type Snapshot = Readonly<{ last: number; kept: readonly ChainHead[]; acknowledged: number }>;

/** What the log is to be measured against, of one moment: whoever writes goes on meanwhile. */
const snapshotOf = (database: Database, file: string): Snapshot => {
  // Before the log, which is never behind its mark.
  const acknowledged = acknowledgedIn(file);
  return database.transaction(() => ({
    acknowledged,
    last: database.prepare<[], number>('SELECT ifnull(max(position), 0) FROM events').pluck().get() ?? 0,
    kept: database.prepare<[], ChainHead>('SELECT tenant, head, position FROM chains ORDER BY tenant').all(),
  }))();
};

const keyOf = ({ tenant, head }: ExpectedHead): string => `${tenant}=${head}`;

/** Whether the heads that are expected have been come by; who expects none pays nothing. */
const awaitedHeads = (expected: readonly ExpectedHead[] = []) => {
  const awaited = new Map(expected.map((head) => [keyOf(head), head]));
  return {
    saw: (head: ChainHead): void => {
      if (awaited.size > 0) awaited.delete(keyOf(head));
    },
    missed: (): Finding | undefined => {
      const [missed] = awaited.values();
      if (!missed) return undefined;
      const { tenant, head } = missed;
      return { wrong: `the chain of tenant ${tenant} does not come by the head ${head}: events it stood for are gone` };
    },
  };
};

/** Hands over all rows up to a position, until something is found. */
const eachRow = async (
  readAfter: ReadRawEvents,
  last: number,
  look: (row: RawEvent) => Finding | undefined,
  onProgress: VerifySettings['onProgress'],
): Promise<Finding | undefined> => {
  let [done, position] = [0, Number.MIN_SAFE_INTEGER];
  for (;;) {
    const rows = attempt<readonly RawEvent[] | Finding>(
      () => readAfter(position, last),
      ({ wrong }) => ({ position: done + 1, wrong }),
    );
    if ('wrong' in rows) return rows;
    if (rows.length === 0) return undefined;
    for (const row of rows) {
      const finding = look(row);
      if (finding) return finding;
    }
    done += rows.length;
    // What has been looked at without a finding stands at the positions from 1 on.
    position = done;
    onProgress?.(done, last);
    await nextTurn();
  }
};

const understood: CheckContent = () => undefined;

type Walk = Readonly<{ events: number; heads: readonly ChainHead[]; finding: Finding | undefined }>;

/** Goes through the log up to the first event that is not as it was written. */
const walk = async (database: Database, snapshot: Snapshot, settings: VerifySettings): Promise<Walk> => {
  const { last, kept, acknowledged } = snapshot;
  const awaited = awaitedHeads(settings.expected);
  const events = eventCheck(settings.checkContent ?? understood, exactBodies(database), awaited.saw);
  const kinds = kindBlockCheck(database);
  const bad = await eachRow(
    rawEvents(database),
    last,
    (row) => events.next(row) ?? kinds.next(row),
    settings.onProgress,
  );
  const made = events.heads();
  const end = (): Finding | undefined =>
    checkEnd({ last: events.count(), acknowledged, kept, made }) ?? kinds.end() ?? awaited.missed();
  return { events: events.count(), heads: [...made.values()], finding: bad ?? end() };
};

/** What SQLite finds wrong with pages, indexes and types. */
const integrityFindings = (database: Database): readonly Finding[] => {
  const lines = database.prepare<[], string>(`PRAGMA integrity_check(${mostLines})`).pluck().all();
  return lines.filter((line) => line !== 'ok').map((line) => ({ wrong: `SQLite: ${line}` }));
};

/** @throws {EventStoreFailure} when it is not of the format that has chains */
const requireChains = (database: Database, file: string): void => {
  const found = formatOf(database);
  if (found === format) return;
  if (found === 0) requireAcknowledged(file, 0);
  throw new EventStoreFailure('io', `the log has format ${found}, without chains: start the product on it once`);
};

const verifyOpened = async (database: Database, settings: VerifySettings): Promise<Verified> => {
  const snapshot = attempt<Snapshot | Finding>(
    () => {
      requireChains(database, settings.file);
      return snapshotOf(database, settings.file);
    },
    (finding) => finding,
  );
  if ('wrong' in snapshot) return { events: 0, heads: [], findings: [snapshot] };

  const { events, heads, finding } = await walk(database, snapshot, settings);
  const integrity = attempt<readonly Finding[]>(
    () => integrityFindings(database),
    (found) => [found],
  );
  return {
    events,
    heads: heads.toSorted((one, other) => (one.tenant < other.tenant ? -1 : 1)),
    findings: [...(finding ? [finding] : []), ...integrity],
  };
};

/**
 * Walks a log from its first event to its last, beside a running product or without one, and tells whether it is what
 * was written: each tenant's hash chain, positions and revisions without a gap, kinds and their index, content, and
 * SQLite's own integrity. Effects and checkpoints are covered by the latter only.
 * @throws {EventStoreFailure} when it cannot be looked at, for example because there is none
 */
export const verifySqliteLog = async (settings: VerifySettings): Promise<Verified> => {
  let database;
  try {
    database = openForReading(settings.file);
  } catch (thrown) {
    throw failureOf(thrown);
  }
  try {
    return await verifyOpened(database, settings);
  } finally {
    database.close();
  }
};
